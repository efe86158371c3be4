/** A message that a provider told us of: the contact's, or one from our own side that we did not send. */
import type { MediaReference, MessageEvent } from "../../lib/connectors/events.ts";
import { raiseDelivery } from "../../lib/domain/delivery-state.ts";
import { matchEcho } from "../../lib/domain/echo.ts";
import { messageStateOf } from "../../lib/domain/lane-state.ts";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { askForTurn } from "../agent/model.ts";
import type { Connection } from "../connections/model.ts";
import { recordEvent } from "../ops/model.ts";
import { applyEarlyChanges } from "./applyChange.ts";
import { applyEarlyStatuses } from "./applyStatus.ts";
import { loadMessage } from "./lookups.ts";
import { ensurePerson, titleOf } from "./people.ts";
import { silenceAgent } from "./silence.ts";
import { bump, type Conversation, ensureConversation, placeNext } from "./threads.ts";

type Write = Pick<MutationCtx, "db" | "scheduler" | "storage">;
type Author = Doc<"messages">["author"];
type Arrival = { connection: Connection; event: MessageEvent; now: number; correlationId?: string | undefined };

/** Stores a message with everything that follows from it, in the caller's transaction. */
export async function applyMessage(ctx: Write, { connection, event, now, correlationId }: Arrival): Promise<void> {
  const { chat, aliases, fromMe, senderName } = event;
  const isGroup = chat.kind === "group";
  const name = isGroup || fromMe ? undefined : senderName;
  // The same message again, under another key: nothing is new.
  if ((await loadMessage(ctx, { connectionId: connection._id, externalId: event.externalId })) !== null) return;
  const person = await ensurePerson(ctx, { orgId: connection.orgId, chat, aliases, name });
  const conversation = await ensureConversation(ctx, { connection, person, isGroup, now });
  const author = fromMe ? await ownAuthor(ctx, { conversation, event }) : contactAuthor(event);
  if (author === null) return;
  const message = await insertMessage(ctx, { connection, conversation, event, author, now });
  const changes = {
    ...bump(conversation, { message, place: message, now }),
    ...(conversation.replyIdentityId === person.reply._id || fromMe ? {} : { replyIdentityId: person.reply._id }),
    ...(name === undefined ? {} : { title: titleOf(person.contact, person.reply) }),
  };
  await ctx.db.patch("conversations", conversation._id, changes);
  await noteEvent(ctx, { message, conversation, now, correlationId });
  if (!isGroup) await passTheWord(ctx, { conversation: { ...conversation, ...changes }, author, now });
  await applyEarlyChanges(ctx, message);
  await applyEarlyStatuses(ctx, message);
  if (message.media !== undefined) await scheduleFetch(ctx, message);
}

/** The contact's words are the agent's to answer; a person's on the phone itself silence it (I6). */
async function passTheWord(
  ctx: Write,
  { conversation, author, now }: { conversation: Conversation; author: Author; now: number },
): Promise<void> {
  if (author.kind === "contact") await askForTurn(ctx, conversation, now);
  if (author.kind === "member") await silenceAgent(ctx, { conversation, cause: "replied", now });
}

async function noteEvent(
  ctx: Write,
  arrived: { message: Doc<"messages">; conversation: Conversation; now: number; correlationId: string | undefined },
): Promise<void> {
  const { message, conversation, now: at, correlationId } = arrived;
  const { _id: messageId, orgId, connectionId, conversationId, kind } = message;
  const of = { messageId, connectionId, conversationId, contactId: conversation.contactId };
  const author = message.author.kind;
  const event =
    author === "contact"
      ? ({ type: "message.received", version: 1, payload: { ...of, kind } } as const)
      : ({ type: "message.sent", version: 1, payload: { ...of, author } } as const);
  await recordEvent(ctx, { orgId, event, subject: messageId, at, correlationId });
}

function contactAuthor({ chat, senderName }: MessageEvent): Author {
  const named = chat.kind === "group" && senderName !== undefined ? { name: senderName } : {};
  return { kind: "contact", ...named };
}

/** Whose words on our side these are; null when they are the echo of a message that we have already. */
async function ownAuthor(
  ctx: Write,
  { conversation, event }: { conversation: Conversation; event: MessageEvent },
): Promise<Author | null> {
  const owner = matchEcho(event, await listOpenDeliveries(ctx, conversation._id));
  switch (owner.kind) {
    case "program":
      return { kind: "automation" };
    case "person":
      return { kind: "member" };
    case "ours": {
      const { _id, messageId, state, externalId, confirmBy, error } = owner.delivery;
      await ctx.db.patch("deliveries", _id, { state, externalId, confirmBy, error });
      const message = await ctx.db.get("messages", messageId);
      if (message === null) return null;
      const status = raiseDelivery(message.status ?? "queued", messageStateOf(state));
      await ctx.db.patch("messages", messageId, { externalId: event.externalId, status });
      await applyEarlyStatuses(ctx, { ...message, externalId: event.externalId, status });
      return null;
    }
  }
}

/** Those whose request may have arrived without our knowing its id. */
async function listOpenDeliveries(ctx: Write, conversationId: Id<"conversations">): Promise<Doc<"deliveries">[]> {
  const states = ["queued", "sending", "unknown", "unconfirmed", "dead"] as const;
  const found = await Promise.all(
    states.map((state) =>
      ctx.db
        .query("deliveries")
        .withIndex("by_conversation_and_state_and_seq", (q) =>
          q.eq("conversationId", conversationId).eq("state", state),
        )
        .order("desc")
        .take(50),
    ),
  );
  return found.flat();
}

type NewMessage = Arrival & { conversation: Conversation; author: Author };

async function insertMessage(ctx: Write, facts: NewMessage): Promise<Doc<"messages">> {
  const { connection, conversation, event, author, now } = facts;
  const { kind, text, location, contacts, choice, pollOptions, quoted, externalId, providerAt, providerKind, raw } =
    event;
  const said = {
    kind,
    text,
    location,
    contacts,
    choice,
    pollOptions,
    quoted,
    externalId,
    providerAt,
    providerKind,
    raw,
  };
  const _id = await ctx.db.insert("messages", {
    orgId: connection.orgId,
    connectionId: connection._id,
    conversationId: conversation._id,
    ...placeNext(conversation, { providerAt, now }),
    ...said,
    author,
    reactions: [],
    direction: event.fromMe ? "outbound" : "inbound",
    ...(event.fromMe ? { status: "sent" as const } : {}),
    ...(event.media === undefined ? {} : { media: pending(event.media) }),
  });
  const message = await ctx.db.get("messages", _id);
  if (message === null) throw new Error("A row that was written is there");
  return message;
}

function pending(media: MediaReference): NonNullable<Doc<"messages">["media"]> {
  return { ...media, state: "pending", attempt: 0, running: false };
}

async function scheduleFetch(ctx: Write, { orgId, _id: messageId }: Doc<"messages">): Promise<void> {
  await ctx.scheduler.runAfter(0, internal.inbox.media.begin, { orgId, messageId, attempt: 0 });
}
