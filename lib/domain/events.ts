/**
 * What happened in an organization, for whoever follows it from outside: ids and codes, and no words of anybody. A type and its
 * version say what a payload holds for good: another shape is another version. Append-only; `key` names the fact, so that whoever is
 * told twice can tell.
 */
import { type Infer, v } from "convex/values";

const version = v.literal(1);
const inConversation = { conversationId: v.id("conversations"), contactId: v.id("contacts") };
const ofMessage = { ...inConversation, connectionId: v.id("connections"), messageId: v.id("messages") };

const messageReceived = v.object({
  type: v.literal("message.received"),
  version,
  payload: v.object({ ...ofMessage, kind: v.string() }),
});

/** The provider has it: from Qify, or written on the phone itself. */
const messageSent = v.object({
  type: v.literal("message.sent"),
  version,
  payload: v.object({
    ...ofMessage,
    author: v.union(v.literal("agent"), v.literal("member"), v.literal("automation")),
  }),
});

const handedOff = v.object({
  type: v.literal("conversation.handed_off"),
  version,
  payload: v.object({ ...inConversation, reason: v.string() }),
});

/** `memberId` is null for somebody on the phone itself. */
const takenOver = v.object({
  type: v.literal("conversation.taken_over"),
  version,
  payload: v.object({ ...inConversation, memberId: v.union(v.id("members"), v.null()) }),
});

const qualificationChanged = v.object({
  type: v.literal("qualification.changed"),
  version,
  payload: v.object({ ...inConversation, outcome: v.string(), score: v.number() }),
});

const optedOut = v.object({
  type: v.literal("contact.opted_out"),
  version,
  payload: v.object(inConversation),
});

export const domainEventValidator = v.union(
  messageReceived,
  messageSent,
  handedOff,
  takenOver,
  qualificationChanged,
  optedOut,
);
export type DomainEvent = Infer<typeof domainEventValidator>;

/** `subject` tells facts of one type apart: the row it is about, and what else may happen to that row more than once. */
export function eventKey({ type, version: number }: Pick<DomainEvent, "type" | "version">, subject: string): string {
  return `${type}.v${number}:${subject}`;
}
