/** I6, one voice: a person who takes over or writes stops the agent in the same transaction. */
import { type Infer, v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { clearAttention, restoreAttention, resumeTurn, silenceTurn } from "../agent/model.ts";
import { recordEvent } from "../ops/model.ts";
import { cancelAgentMessages } from "./outbox.ts";
import type { Conversation } from "./threads.ts";

type Silencing = {
  conversation: Conversation;
  /** A reply answers all that was said before it; a mere take-over does not. */
  cause: "took_over" | "replied";
  /** Absent for somebody on the phone itself. */
  memberId?: Id<"members">;
  now: number;
};

/** Voids the run under way, cancels what is queued, and makes the person the handler. */
export async function silenceAgent(
  ctx: Pick<MutationCtx, "db" | "scheduler">,
  { conversation, cause, memberId, now }: Silencing,
): Promise<void> {
  const { _id: conversationId, status, assigneeId } = conversation;
  if (conversation.handler.kind !== "member") await noteTakeOver(ctx, { conversation, memberId, now });
  const answeredSeq = await silenceTurn(ctx, conversation, cause);
  await cancelAgentMessages(ctx, conversation, now);
  await clearAttention(ctx, conversationId);
  await ctx.db.patch("conversations", conversationId, {
    answeredSeq,
    handler: { kind: "member", ...(memberId === undefined ? {} : { memberId }) },
    ...(status === "waiting" ? { status: "open" } : {}),
    ...(assigneeId === undefined && memberId !== undefined ? { assigneeId: memberId } : {}),
  });
}

async function noteTakeOver(
  ctx: Pick<MutationCtx, "db">,
  { conversation, memberId, now }: Pick<Silencing, "conversation" | "now"> & { memberId: Id<"members"> | undefined },
): Promise<void> {
  const { _id: conversationId, contactId, orgId } = conversation;
  const payload = { conversationId, contactId, memberId: memberId ?? null };
  const event = { type: "conversation.taken_over", version: 1, payload } as const;
  await recordEvent(ctx, { orgId, event, subject: `${conversationId}:${now}`, at: now });
}

/** The way back: what has no answer yet gets its turn. */
export async function handToAgent(
  ctx: Pick<MutationCtx, "db" | "scheduler">,
  conversation: Conversation,
  now: number,
): Promise<void> {
  const { _id: conversationId, status, level } = conversation;
  const given = {
    handler: { kind: "agent" as const },
    level: level === "off" ? ("auto" as const) : level,
    status: status === "waiting" ? ("open" as const) : status,
  };
  await ctx.db.patch("conversations", conversationId, given);
  await clearAttention(ctx, conversationId);
  await resumeTurn(ctx, { ...conversation, ...given }, now);
}

/** How a conversation stood before a take-over. */
export const stateBeforeValidator = v.object({
  handler: v.union(v.literal("agent"), v.literal("none")),
  status: v.union(v.literal("open"), v.literal("waiting")),
  isAssigned: v.boolean(),
});

/** As if nobody had taken over, but for what was said and what the agent kept to itself. */
export async function letGo(
  ctx: Pick<MutationCtx, "db" | "scheduler">,
  {
    conversation,
    before,
    now,
  }: { conversation: Conversation; before: Infer<typeof stateBeforeValidator>; now: number },
): Promise<void> {
  const { _id: conversationId } = conversation;
  if (!before.isAssigned) await ctx.db.patch("conversations", conversationId, { assigneeId: undefined });
  if (before.handler === "agent") return handToAgent(ctx, conversation, now);
  await ctx.db.patch("conversations", conversationId, { handler: { kind: "none" }, status: before.status });
  if (before.status === "waiting") await restoreAttention(ctx, conversationId);
}
