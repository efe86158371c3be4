/** What the agent does to the inbox: it speaks, and it leaves a conversation to people. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { enqueueMessage } from "./outbox.ts";
import { signalTurn } from "./signals.ts";
import type { Conversation } from "./threads.ts";

type Write = Pick<MutationCtx, "db" | "scheduler">;

/** Puts what a run said on its way, in order. Answers the conversation as it is then. */
export async function speak(
  ctx: Write,
  {
    conversation,
    texts,
    turnId,
    now,
  }: { conversation: Conversation; texts: readonly string[]; turnId: Id<"turnRuns">; now: number },
): Promise<Conversation> {
  let current = conversation;
  for (const text of texts) {
    const message = { text, author: { kind: "agent" as const }, turnId };
    ({ conversation: current } = await enqueueMessage(ctx, { conversation: current, message, now }));
  }
  return current;
}

/** The agent is done here: people see it under "waiting", or just find nobody in charge. */
export async function leaveToPeople(
  ctx: Pick<MutationCtx, "db">,
  conversationId: Id<"conversations">,
  status: Extract<Doc<"conversations">["status"], "open" | "waiting">,
): Promise<void> {
  await ctx.db.patch("conversations", conversationId, { handler: { kind: "none" }, status, active: true });
}

/** The agent has read what was said, and writes: the contact's phone shows both, if it can. */
export async function showTurn(ctx: Write, conversation: Conversation): Promise<void> {
  await signalTurn(ctx, conversation);
}
