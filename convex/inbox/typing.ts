import { v } from "convex/values";
import type { PresenceEvent } from "../../lib/connectors/events.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { extendTurn } from "../agent/model.ts";
import type { Connection } from "../connections/model.ts";
import { orgQuery } from "../functions.ts";
import { requireConversation } from "./lookups.ts";
import { findConversation } from "./threads.ts";

/** WhatsApp says "composing" again every ten seconds, and not always that it ended. */
const TYPING_LASTS_MS = 15_000;

/** Whether the contact is writing at `now` (epoch ms, rounded by the caller: a query has no clock). */
export const get = orgQuery({
  needs: "inbox:read",
  args: { conversationId: v.string(), now: v.number() },
  returns: v.object({ contact: v.boolean() }),
  handler: async (ctx, { conversationId, now }) => {
    const conversation = await requireConversation(ctx, conversationId);
    const row = await loadTyping(ctx, conversation._id);
    return { contact: row !== null && row.expiresAt > now };
  },
});

/** Shows in conversations that there are; it opens none. */
export async function applyPresence(
  ctx: Pick<MutationCtx, "db" | "scheduler">,
  { connection, event, now }: { connection: Connection; event: PresenceEvent; now: number },
): Promise<void> {
  const conversation = await findConversation(ctx, { connection, address: event.chat });
  if (conversation === null || conversation.isGroup) return;
  const { _id: conversationId, orgId } = conversation;
  const row = await loadTyping(ctx, conversationId);
  const isTyping = event.state === "typing" || event.state === "recording";
  if (!isTyping) {
    if (row !== null) await ctx.db.delete("typing", row._id);
    return;
  }
  await extendTurn(ctx, conversation, now);
  const expiresAt = now + TYPING_LASTS_MS;
  if (row === null) await ctx.db.insert("typing", { orgId, conversationId, expiresAt });
  else await ctx.db.patch("typing", row._id, { expiresAt });
}

async function loadTyping(
  ctx: Pick<QueryCtx, "db">,
  conversationId: Id<"conversations">,
): Promise<Doc<"typing"> | null> {
  return ctx.db
    .query("typing")
    .withIndex("by_conversation", (q) => q.eq("conversationId", conversationId))
    .unique();
}
