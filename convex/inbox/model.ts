/**
 * What others know of the inbox. The agent speaks, and leaves a conversation to people; the web chat finds a visitor's thread and
 * says that they write.
 */
import type { Address, PresenceEvent } from "../../lib/connectors/events.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import type { Connection } from "../connections/model.ts";
import { enqueueMessage } from "./outbox.ts";
import { renameByMember } from "./people.ts";
import { signalTurn } from "./signals.ts";
import { type Conversation, findConversation, retitle } from "./threads.ts";
import { applyPresence } from "./typing.ts";

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

/** The thread that an address of the connection is about; null when there is none yet. */
export async function loadThreadOf(
  ctx: Pick<QueryCtx, "db">,
  place: { connection: Connection; address: Address },
): Promise<Conversation | null> {
  return findConversation(ctx, place);
}

/** A member says what a contact is called, everywhere; null gives the provider its say again. */
export async function nameContact(
  ctx: Pick<MutationCtx, "db">,
  { contactId, name }: { contactId: Id<"contacts">; name: string | null },
): Promise<void> {
  const contact = await ctx.db.get("contacts", contactId);
  if (contact !== null) await retitle(ctx, await renameByMember(ctx, contact, name));
}

/** The contact writes, or stopped. Unlike other events it may be repeated: it changes only what is true for seconds. */
export async function notePresence(
  ctx: Write,
  presence: { connection: Connection; event: PresenceEvent; now: number },
): Promise<void> {
  await applyPresence(ctx, presence);
}
