/** What people write in Qify: on its way, taken back, sent again. */
import { cancel, resend } from "../../lib/domain/lane.ts";
import { fail } from "../../lib/errors.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { enqueueMessage, loadDelivery, loadLane, moveLane, saveDelivery } from "./outbox.ts";
import { silenceAgent } from "./silence.ts";
import { type Conversation, showNewestStanding } from "./threads.ts";

type Write = Pick<MutationCtx, "db" | "scheduler">;

export type Reply = {
  conversation: Conversation;
  text: string;
  /** The writer's own name for the message: what is sent twice under it is one message. */
  clientId: string;
  memberId: Id<"members">;
  quotedId?: Id<"messages">;
};

export async function writeReply(ctx: Write, { conversation, text, clientId, memberId, quotedId }: Reply) {
  const { _id: conversationId } = conversation;
  const written = await ctx.db
    .query("messages")
    .withIndex("by_conversation_and_clientId", (q) => q.eq("conversationId", conversationId).eq("clientId", clientId))
    .unique();
  if (written !== null) return written._id;
  const now = Date.now();
  const quoted = quotedId === undefined ? {} : await quote(ctx, conversationId, quotedId);
  await silenceAgent(ctx, { conversation, cause: "replied", memberId, now });
  const current = await ctx.db.get("conversations", conversationId);
  if (current === null) return fail("not_found", { what: "conversation" });
  const message = { text, clientId, author: { kind: "member" as const, memberId }, ...quoted };
  const { messageId } = await enqueueMessage(ctx, { conversation: current, message, now });
  return messageId;
}

export async function cancelMessage(ctx: Write, messageId: Id<"messages">): Promise<void> {
  const { message, delivery, conversation } = await requireSending(ctx, messageId);
  const decision = cancel(await loadLane(ctx, message.conversationId), delivery, Date.now());
  if (decision.kind === "refused") return fail("conflict", { what: "message", reason: decision.reason });
  await saveDelivery(ctx, decision.delivery);
  // A retry was sent and refused before: its message shows as leaving, and only a person may say that it ends there.
  await ctx.db.patch("messages", messageId, { status: "cancelled", error: undefined });
  if (conversation.lastMessage?.seq === message.seq) await showNewestStanding(ctx, conversation._id);
  await moveLane(ctx, conversation, decision);
}

export async function resendMessage(ctx: Write, messageId: Id<"messages">): Promise<void> {
  const { message, delivery, conversation } = await requireSending(ctx, messageId);
  const decision = resend(await loadLane(ctx, message.conversationId), delivery, Date.now());
  if (decision.kind === "refused") return fail("conflict", { what: "message", reason: decision.reason });
  await saveDelivery(ctx, decision.delivery);
  // The one way down the ladder: a person decided.
  await ctx.db.patch("messages", messageId, { status: "queued", error: undefined });
  await moveLane(ctx, conversation, decision);
}

async function requireSending(ctx: Write, messageId: Id<"messages">) {
  const message = await ctx.db.get("messages", messageId);
  const delivery = message === null ? null : await loadDelivery(ctx, messageId);
  const conversation = message === null ? null : await ctx.db.get("conversations", message.conversationId);
  if (message === null || delivery === null || conversation === null) return fail("not_found", { what: "message" });
  return { message, delivery, conversation };
}

/** Only what the provider knows can be quoted, and only in its own conversation. */
async function quote(
  ctx: Write,
  conversationId: Id<"conversations">,
  quotedId: Id<"messages">,
): Promise<Pick<Doc<"messages">, "quoted">> {
  const original = await ctx.db.get("messages", quotedId);
  if (original?.conversationId !== conversationId || original.externalId === undefined) {
    return fail("not_found", { what: "message" });
  }
  return { quoted: { externalId: original.externalId, text: original.text } };
}
