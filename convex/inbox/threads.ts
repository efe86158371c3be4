/** The one conversation of a contact and a connection, and what a message does to its row. */
import type { Address } from "../../lib/connectors/events.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import type { Connection } from "../connections/model.ts";
import { type Contact, loadIdentity, type Person, titleOf } from "./people.ts";

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db">;

export type Conversation = Doc<"conversations">;
type NewMessage = Pick<Doc<"messages">, "direction" | "author" | "kind" | "text" | "providerAt">;
type Shown = Omit<NewMessage, "direction"> & Pick<Doc<"messages">, "seq" | "sortAt">;

const PREVIEW_LENGTH = 140; // characters
/** Of one contact: one for each connection they wrote to. */
const MAX_CONVERSATIONS = 20;
/** Messages at the end of a thread that were taken back before they left. */
const MAX_TAKEN_BACK = 100;

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
  const lastMessage = lineOf({ ...message, seq, sortAt: now });
  const moved = { lastMessage, nextSeq: seq + 1, lastSortAt: sortAt, lastActivityAt: now };
  if (message.direction === "outbound") return moved;
  const reopened = conversation.active ? {} : { status: "open" as const, active: true, ...handlerAfresh(conversation) };
  const woken = conversation.status === "snoozed" ? { status: "open" as const } : {};
  return { ...moved, ...reopened, ...woken, inboundSeq: seq, lastInboundAt: now };
}

/** After a contact's name or phone changed: every list calls their conversations by it. */
export async function retitle(ctx: Write, contact: Contact): Promise<void> {
  const conversations = await ctx.db
    .query("conversations")
    .withIndex("by_contact", (q) => q.eq("contactId", contact._id))
    .take(MAX_CONVERSATIONS);
  for (const { _id, replyIdentityId, title: before } of conversations) {
    const reply = await ctx.db.get("identities", replyIdentityId);
    const title = titleOf(contact, { value: reply?.value ?? before });
    if (title !== before) await ctx.db.patch("conversations", _id, { title });
  }
}

/** The list's line says what stands: called when the message that it showed was taken back before it left. */
export async function showNewestStanding(ctx: Write, conversationId: Id<"conversations">): Promise<void> {
  const newest = await ctx.db
    .query("messages")
    .withIndex("by_conversation_and_sortAt_and_seq", (q) => q.eq("conversationId", conversationId))
    .order("desc")
    .take(MAX_TAKEN_BACK);
  const standing = newest.find(({ status }) => status !== "cancelled");
  await ctx.db.patch("conversations", conversationId, {
    lastMessage: standing === undefined ? undefined : lineOf(standing),
  });
}

export function previewOf(text: string | undefined): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim().slice(0, PREVIEW_LENGTH);
}

/** What the list shows of a message; `sortAt` (epoch ms) stands in where the provider named no time. */
function lineOf({ author, kind, text, providerAt, seq, sortAt }: Shown): NonNullable<Conversation["lastMessage"]> {
  return {
    seq,
    preview: previewOf(text),
    kind,
    at: providerAt ?? sortAt,
    author: author.kind,
    memberId: author.memberId,
  };
}

/** A member's part was ended with the conversation; its level stays as they left it. */
function handlerAfresh({ isGroup, level }: Conversation): Pick<Conversation, "handler"> {
  return { handler: { kind: isGroup || level === "off" ? "none" : "agent" } };
}

function opening(isGroup: boolean): Pick<Conversation, "handler" | "level"> {
  return isGroup ? { handler: { kind: "none" }, level: "off" } : { handler: { kind: "agent" }, level: "auto" };
}
