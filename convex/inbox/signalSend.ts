"use node";

import { v } from "convex/values";
import { openTarget } from "../../lib/connector-target.ts";
import { ConnectorError } from "../../lib/connectors/errors.ts";
import { findConnector } from "../../lib/connectors/registry.ts";
import type { ChatSignal, Target } from "../../lib/connectors/types.ts";
import { internal } from "../_generated/api";
import { orgJobAction } from "../functions.ts";

/** A turn is rarely longer. */
const TYPING_SHOWN_MS = 5_000;
/**
 * A server may answer only when it has shown "typing" for the whole time. A deployment runs few actions at once, so none of them is
 * held for that: the request is handed over, and what becomes of it is not waited for.
 */
const HANDED_OVER_MS = 300;
const TIMEOUT_MS = 5_000;

/** Shows the contact what was read and that somebody writes. Whatever goes wrong at the provider ends here. */
export const show = orgJobAction({
  args: { conversationId: v.id("conversations"), after: v.number(), upTo: v.number(), typing: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { conversationId, after, upTo, typing }) => {
    const job = { orgId: ctx.orgId, conversationId, after, upTo };
    const wanted = await ctx.runQuery(internal.inbox.signals.load, job);
    const connector = wanted === null ? undefined : findConnector(wanted.target.connector);
    if (wanted === null || connector === undefined) return null;
    const { chat, aliases, heard, target: sealed } = wanted;
    const messages = heard.map((externalId) => ({ externalId, fromMe: false }));
    const signals: ChatSignal[] = [
      ...(messages.length === 0 ? [] : [{ kind: "read" as const, chat, aliases, messages }]),
      ...(typing ? [{ kind: "typing" as const, chat, durationMs: TYPING_SHOWN_MS }] : []),
    ];
    const target = { ...(await openTarget({ ...sealed, orgId: ctx.orgId })), timeoutMs: TIMEOUT_MS };
    for (const signal of signals) {
      await connector.signal(signal.kind === "typing" ? hurried(target) : target, signal).catch(forgiven);
    }
    return null;
  },
});

function hurried(target: Target): Target {
  const hurriedFetch: Target["fetch"] = async (input, init) =>
    target.fetch(input, { ...init, signal: AbortSignal.timeout(HANDED_OVER_MS) });
  return { ...target, fetch: hurriedFetch };
}

/** An account that is away shows nothing; that is no news, and the next message will say so. A bug of ours is not forgiven. */
function forgiven(error: unknown): void {
  if (!(error instanceof ConnectorError)) throw error;
}
