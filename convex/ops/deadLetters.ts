import { v } from "convex/values";
import { fail } from "../../lib/errors.ts";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { orgMutation, orgQuery } from "../functions.ts";
import { recordMemberAudit } from "./model.ts";

/**
 * What was given up on, newest first; without the words of anybody. `conversationId` is where the message of a delivery is.
 * `isSettled`: it was played again, or the message has been sent again, or is gone.
 */
export const list = orgQuery({
  needs: "connections:manage",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("deadLetters"),
      kind: v.union(v.literal("inbound_item"), v.literal("media"), v.literal("delivery")),
      ref: v.string(),
      reason: v.string(),
      correlationId: v.union(v.string(), v.null()),
      at: v.number(),
      isSettled: v.boolean(),
      conversationId: v.union(v.id("conversations"), v.null()),
    }),
  ),
  handler: async (ctx) => {
    const letters = await ctx.db
      .query("deadLetters")
      .withIndex("by_org_and_at", (q) => q.eq("orgId", ctx.org._id))
      .order("desc")
      .take(100);
    return Promise.all(
      letters.map(async (letter) => {
        const { _id, kind, ref, reason, correlationId = null, at } = letter;
        return { _id, kind, ref, reason, correlationId, at, ...(await stateOf(ctx, letter)) };
      }),
    );
  },
});

/** Tries again what failed; when it fails once more, nothing has changed. `conflict` when it was played again already. */
export const replay = orgMutation({
  needs: "connections:manage",
  args: { deadLetterId: v.id("deadLetters") },
  returns: v.null(),
  handler: async (ctx, { deadLetterId }) => {
    const letter = (await ctx.db.get("deadLetters", deadLetterId)) ?? fail("not_found", { what: "dead letter" });
    if (letter.replayedAt !== undefined) return fail("conflict", { what: "dead letter" });
    const { kind, ref, connectionId, payload } = letter;
    const orgId = ctx.org._id;
    switch (kind) {
      case "inbound_item":
        if (connectionId === undefined || payload === undefined)
          return fail("invalid", { field: "payload", reason: "not_kept" });
        await ctx.runMutation(internal.inbox.ingest.item, { orgId, connectionId, event: JSON.parse(payload) });
        break;
      case "media": {
        const messageId = ctx.db.normalizeId("messages", ref) ?? fail("not_found", { what: "message" });
        await ctx.runMutation(internal.inbox.media.retry, { orgId, messageId });
        break;
      }
      case "delivery":
        return fail("invalid", { field: "kind", reason: "send_again_instead" });
    }
    await ctx.db.patch("deadLetters", deadLetterId, { replayedAt: Date.now() });
    await recordMemberAudit(ctx, { action: "dead_letter.replayed", target: deadLetterId });
    return null;
  },
});

async function stateOf(ctx: Pick<QueryCtx, "db">, { kind, ref, replayedAt }: Doc<"deadLetters">) {
  if (kind !== "delivery") return { isSettled: replayedAt !== undefined, conversationId: null };
  const messageId = ctx.db.normalizeId("messages", ref);
  const message = messageId === null ? null : await ctx.db.get("messages", messageId);
  return { isSettled: message?.status !== "failed", conversationId: message?.conversationId ?? null };
}
