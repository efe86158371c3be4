/**
 * The bytes behind a message. An attempt has a number; what comes back from another one is too late. An action that dies
 * says nothing, so each attempt also has an end in time.
 */
import { v } from "convex/values";
import { type Backoff, backoffMs } from "../../lib/domain/backoff.ts";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { listSecrets } from "../connections/model.ts";
import { orgJob, orgJobQuery } from "../functions.ts";
import { recordDeadLetter } from "../ops/model.ts";
import { sealedValidator } from "../validators.ts";

const MAX_ATTEMPTS = 6;
const BACKOFF: Backoff = { baseMs: 5_000, factor: 5, capMs: 30 * 60_000 };
/** Longer than the connector's own limit and the upload to storage. */
const ATTEMPT_LASTS_MS = 120_000;

const attemptArgs = { messageId: v.id("messages"), attempt: v.number() };

/** Starts the attempt after `attempt`. */
export const begin = orgJob({
  args: attemptArgs,
  returns: v.null(),
  handler: async (ctx, { messageId, attempt }) => {
    const message = await loadPending(ctx, { messageId, attempt, running: false });
    if (message === null) return null;
    const next = { orgId: ctx.org._id, messageId, attempt: attempt + 1 };
    await ctx.db.patch("messages", messageId, { media: { ...message.media, attempt: next.attempt, running: true } });
    await ctx.scheduler.runAfter(0, internal.inbox.mediaFetch.fetch, next);
    await ctx.scheduler.runAfter(ATTEMPT_LASTS_MS, internal.inbox.media.failed, {
      ...next,
      reason: "no_answer",
      final: false,
    });
    return null;
  },
});

/** What an attempt needs to ask the provider; null when it came too late, or the connection has no account any more. */
export const load = orgJobQuery({
  args: attemptArgs,
  returns: v.union(
    v.null(),
    v.object({
      connector: v.string(),
      ref: v.string(),
      connectionId: v.id("connections"),
      baseUrl: v.string(),
      account: v.string(),
      token: sealedValidator,
    }),
  ),
  handler: async (ctx, { messageId, attempt }) => {
    const message = await loadPending(ctx, { messageId, attempt, running: true });
    const connection = message === null ? null : await ctx.db.get("connections", message.connectionId);
    if (message === null || connection?.account === undefined) return null;
    const { _id: connectionId, connector, account, config } = connection;
    const [secret] = await listSecrets(ctx, { connectionId, kind: "token" });
    if (secret === undefined || config.baseUrl === undefined) return null;
    const { keyId, ciphertext } = secret;
    const token = { keyId, ciphertext };
    return { connector, ref: message.media.ref, connectionId, baseUrl: config.baseUrl, account, token };
  },
});

/** Answers whether the bytes were wanted; if not, the caller throws them away. */
export const stored = orgJob({
  args: {
    ...attemptArgs,
    storageId: v.id("_storage"),
    mimeType: v.string(),
    byteLength: v.number(),
    fileName: v.optional(v.string()),
  },
  returns: v.boolean(),
  handler: async (ctx, { messageId, attempt, storageId, mimeType, byteLength, fileName }) => {
    const message = await loadPending(ctx, { messageId, attempt, running: true });
    if (message === null) return false;
    const named = fileName === undefined ? {} : { fileName };
    const media = {
      ...message.media,
      ...named,
      storageId,
      mimeType,
      byteLength,
      running: false,
      state: "stored" as const,
    };
    await ctx.db.patch("messages", messageId, { media });
    return true;
  },
});

/** Tries again later, until an attempt is `final` or the last one. */
export const failed = orgJob({
  args: { ...attemptArgs, reason: v.string(), final: v.boolean(), retryAfterMs: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { messageId, attempt, reason, final, retryAfterMs = 0 }) => {
    const message = await loadPending(ctx, { messageId, attempt, running: true });
    if (message === null) return null;
    const orgId = ctx.org._id;
    if (!final && attempt < MAX_ATTEMPTS) {
      const waitMs = Math.max(retryAfterMs, backoffMs(BACKOFF, attempt, Math.random()));
      await ctx.db.patch("messages", messageId, { media: { ...message.media, running: false } });
      await ctx.scheduler.runAfter(waitMs, internal.inbox.media.begin, { orgId, messageId, attempt });
      return null;
    }
    await ctx.db.patch("messages", messageId, { media: { ...message.media, running: false, state: "failed" } });
    const { connectionId } = message;
    await recordDeadLetter(ctx, { orgId, connectionId, kind: "media", ref: messageId, reason });
    return null;
  },
});

/** A person wants it tried again. */
export const retry = orgJob({
  args: { messageId: v.id("messages") },
  returns: v.null(),
  handler: async (ctx, { messageId }) => {
    const message = await ctx.db.get("messages", messageId);
    if (message?.media?.state !== "failed") return null;
    await ctx.db.patch("messages", messageId, { media: { ...message.media, state: "pending", attempt: 0 } });
    await ctx.scheduler.runAfter(0, internal.inbox.media.begin, { orgId: ctx.org._id, messageId, attempt: 0 });
    return null;
  },
});

type WithMedia = Doc<"messages"> & { media: NonNullable<Doc<"messages">["media"]> };

async function loadPending(
  ctx: Pick<QueryCtx, "db">,
  { messageId, attempt, running }: { messageId: Id<"messages">; attempt: number; running: boolean },
): Promise<WithMedia | null> {
  const message = await ctx.db.get("messages", messageId);
  const media = message?.media;
  if (message === null || media?.state !== "pending") return null;
  return media.attempt === attempt && media.running === running ? { ...message, media } : null;
}
