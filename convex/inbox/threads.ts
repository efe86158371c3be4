/** The one conversation of a contact and a connection, and what a message does to its row. */
import type { Address } from "../../lib/connectors/events.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import type { Connection } from "../connections/model.ts";
import { loadIdentity, type Person, titleOf } from "./people.ts";

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db">;

export type Conversation = Doc<"conversations">;
type NewMessage = Pick<Doc<"messages">, "direction" | "author" | "kind" | "text" | "providerAt">;

const PREVIEW_LENGTH = 140; // characters

export async function loadConversation(
  ctx: Read,
  { connectionId, contactId }: { connectionId: Id<"connections">; contactId: Id<"contacts"> },
): Promise<Conversation | null> {
  return ctx.db
    .query("conversations")
    .withIndex("by_connection_and_contact", (q) => q.eq("connectionId", connectionId).eq("contactId", contactId))
    .unique();
}

/** The conversation that an address of the provider is about; null when there is none yet. */
export async function findConversation(
  ctx: Read,
  { connection, address }: { connection: Connection; address: Address },
): Promise<Conversation | null> {
  const identity = await loadIdentity(ctx, { orgId: connection.orgId, address });
  if (identity === null) return null;
  return loadConversation(ctx, { connectionId: connection._id, contactId: identity.contactId });
}

/** Opened by its first message. In a group nobody of ours speaks, so nobody handles it. */
export async function ensureConversation(
  ctx: Write,
  { connection, person, isGroup, now }: { connection: Connection; person: Person; isGroup: boolean; now: number },
): Promise<Conversation> {
  const { contact, reply } = person;
  const { orgId, _id: connectionId, channel } = connection;
  const found = await loadConversation(ctx, { connectionId, contactId: contact._id });
  if (found !== null) return found;
  const fields = {
    orgId,
    connectionId,
    contactId: contact._id,
    replyIdentityId: reply._id,
    channel,
    isGroup,
    title: titleOf(contact, reply),
    status: "open" as const,
    active: true,
    ...opening(isGroup),
    lastActivityAt: now,
    inboundSeq: 0,
    answeredSeq: 0,
    revision: 0,
    nextSeq: 1,
    lastSortAt: 0,
  };
  const conversation = await ctx.db.get("conversations", await ctx.db.insert("conversations", fields));
  if (conversation === null) throw new Error("A row that was written is there");
  return conversation;
}

/** The place of a new row in its thread (I4): never below what was shown already, however late its message comes. */
export function placeNext(
  { nextSeq, lastSortAt }: Pick<Conversation, "nextSeq" | "lastSortAt">,
  { providerAt, now }: { providerAt?: number | undefined; now: number },
): { seq: number; sortAt: number } {
  return { seq: nextSeq, sortAt: Math.max(lastSortAt, Math.min(providerAt ?? now, now)) };
}

/** What a new message changes on its conversation's row: one patch, whatever happened. */
export function bump(
  conversation: Conversation,
  { message, place, now }: { message: NewMessage; place: { seq: number; sortAt: number }; now: number },
): Partial<Conversation> {
  const { seq, sortAt } = place;
  const at = message.providerAt ?? now;
  const { kind: author, memberId } = message.author;
  const lastMessage = { seq, preview: previewOf(message.text), kind: message.kind, at, author, memberId };
  const moved = { lastMessage, nextSeq: seq + 1, lastSortAt: sortAt, lastActivityAt: now };
  if (message.direction === "outbound") return moved;
  const reopened = conversation.active ? {} : { status: "open" as const, active: true, ...handlerAfresh(conversation) };
  const woken = conversation.status === "snoozed" ? { status: "open" as const } : {};
  return { ...moved, ...reopened, ...woken, inboundSeq: seq, lastInboundAt: now };
}

export function previewOf(text: string | undefined): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim().slice(0, PREVIEW_LENGTH);
}

/** A member's part was ended with the conversation; its level stays as they left it. */
function handlerAfresh({ isGroup, level }: Conversation): Pick<Conversation, "handler"> {
  return { handler: { kind: isGroup || level === "off" ? "none" : "agent" } };
}

function opening(isGroup: boolean): Pick<Conversation, "handler" | "level"> {
  return isGroup ? { handler: { kind: "none" }, level: "off" } : { handler: { kind: "agent" }, level: "auto" };
}
