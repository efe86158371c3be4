"use node";

import { v } from "convex/values";
import { openTarget } from "../../lib/connector-target.ts";
import { ConnectorError, RateLimited, Rejected } from "../../lib/connectors/errors.ts";
import { findConnector } from "../../lib/connectors/registry.ts";
import type { FetchedMedia } from "../../lib/connectors/types.ts";
import { internal } from "../_generated/api";
import { orgJobAction } from "../functions.ts";

/** One attempt to bring the bytes of a message from the provider into our storage. */
export const fetch = orgJobAction({
  args: { messageId: v.id("messages"), attempt: v.number() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const job = { ...args, orgId: ctx.orgId };
    const wanted = await ctx.runQuery(internal.inbox.media.load, job);
    const connector = wanted === null ? undefined : findConnector(wanted.connector);
    if (wanted === null || connector === undefined) {
      await ctx.runMutation(internal.inbox.media.failed, { ...job, reason: "no_account", final: true });
      return null;
    }
    const { ref, connectionId, account, baseUrl, token } = wanted;
    const sealed = { orgId: ctx.orgId, connectionId, account, server: { baseUrl, token } };
    let media: FetchedMedia;
    try {
      media = await connector.fetchMedia(await openTarget(sealed), ref);
    } catch (error) {
      await ctx.runMutation(internal.inbox.media.failed, { ...job, ...describeFailure(error) });
      return null;
    }
    const { bytes, mimeType, fileName } = media;
    const storageId = await ctx.storage.store(new Blob([new Uint8Array(bytes)], { type: mimeType }));
    const file = { storageId, mimeType, byteLength: bytes.byteLength, fileName };
    const isWanted = await ctx.runMutation(internal.inbox.media.stored, { ...job, ...file });
    if (!isWanted) await ctx.storage.delete(storageId);
    return null;
  },
});

/** What the provider refused for good is not asked again; anything else may have been bad luck. */
function describeFailure(error: unknown): { reason: string; final: boolean; retryAfterMs?: number } {
  if (error instanceof RateLimited) return { reason: error.name, final: false, retryAfterMs: error.retryAfterMs };
  if (error instanceof Rejected) return { reason: error.reason, final: error.reason === "media_too_large" };
  return { reason: error instanceof ConnectorError ? error.name : "unexpected", final: false };
}
