import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { type Infer, v } from "convex/values";
import { fail } from "../../lib/errors.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { orgMutation, orgQuery } from "../functions.ts";
import { loadMessage, requireConversation } from "./lookups.ts";
import { cancelMessage, resendMessage, writeReply } from "./reply.ts";
import {
  authorKindValidator,
  contactCardValidator,
  deliveryStateValidator,
  mediaValidator,
  messageKindValidator,
} from "./validators.ts";

const MAX_PAGE = 100;
const MAX_TEXT = 4_096; // characters

const text = v.union(v.string(), v.null());
const number = v.union(v.number(), v.null());
const side = v.union(v.literal("contact"), v.literal("us"));

const mediaRowValidator = v.object({
  state: mediaValidator.fields.state,
  url: text,
  mimeType: v.string(),
  fileName: text,
  byteLength: number,
  durationSeconds: number,
  width: number, // pixels, as the provider says
  height: number,
  voice: v.boolean(),
});

const messageRowValidator = v.object({
  _id: v.id("messages"),
  seq: v.number(),
  sortAt: v.number(),
  direction: v.union(v.literal("inbound"), v.literal("outbound")),
  author: v.object({ kind: authorKindValidator, memberId: v.union(v.id("members"), v.null()), name: text }),
  kind: messageKindValidator,
  text,
  media: v.union(mediaRowValidator, v.null()),
  location: v.union(v.object({ latitude: v.number(), longitude: v.number(), name: text, address: text }), v.null()),
  contacts: v.array(contactCardValidator),
  pollOptions: v.array(v.string()),
  quoted: v.union(
    v.object({ messageId: v.union(v.id("messages"), v.null()), text, author: v.union(side, v.null()) }),
    v.null(),
  ),
  reactions: v.array(v.object({ emoji: v.string(), by: side, name: text })),
  status: v.union(deliveryStateValidator, v.null()),
  error: text,
  providerAt: number,
  editedAt: number,
  deletedAt: number,
  turnId: v.union(v.id("turnRuns"), v.null()),
  clientId: text, // what `reply` was called with
});
type MessageRow = Infer<typeof messageRowValidator>;

/** A page of the thread, newest first; times are epoch ms, and `sortAt` with `seq` is the order to show it in. */
export const list = orgQuery({
  needs: "inbox:read",
  args: { conversationId: v.string(), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(messageRowValidator),
  handler: async (ctx, { conversationId, paginationOpts }) => {
    const conversation = await requireConversation(ctx, conversationId);
    const found = await ctx.db
      .query("messages")
      .withIndex("by_conversation_and_sortAt_and_seq", (q) => q.eq("conversationId", conversation._id))
      .order("desc")
      .paginate({ ...paginationOpts, numItems: Math.min(paginationOpts.numItems, MAX_PAGE) });
    const names = await loadNames(ctx, found.page);
    return { ...found, page: await Promise.all(found.page.map((message) => rowOf(ctx, message, names))) };
  },
});

/**
 * A member writes. The agent is silenced in the same transaction, and the message leaves after 5 s in which it can be taken
 * back. The same `clientId` again is the same message. `invalid` for an empty or too long text, and in a group.
 */
export const reply = orgMutation({
  needs: "inbox:reply",
  args: {
    conversationId: v.id("conversations"),
    text: v.string(),
    clientId: v.string(),
    quotedId: v.optional(v.id("messages")),
  },
  returns: v.id("messages"),
  handler: async (ctx, { conversationId, text, clientId, quotedId }) => {
    const conversation = await requireConversation(ctx, conversationId);
    if (conversation.isGroup) return fail("invalid", { field: "conversationId", reason: "group" });
    const words = requireWords(text);
    const quoted = quotedId === undefined ? {} : { quotedId };
    return writeReply(ctx, { conversation, text: words, clientId, memberId: ctx.member._id, ...quoted });
  },
});

/** Takes a message back while it has not left; `conflict` with the reason when it is too late. */
export const cancelSend = orgMutation({
  needs: "inbox:reply",
  args: { messageId: v.id("messages") },
  returns: v.null(),
  handler: async (ctx, { messageId }) => {
    await cancelMessage(ctx, messageId);
    return null;
  },
});

/** Sends again what failed or was not confirmed; `conflict` with the reason for any other. */
export const retrySend = orgMutation({
  needs: "inbox:reply",
  args: { messageId: v.id("messages") },
  returns: v.null(),
  handler: async (ctx, { messageId }) => {
    await resendMessage(ctx, messageId);
    return null;
  },
});

function requireWords(text: string): string {
  const words = text.trim();
  if (words === "") return fail("invalid", { field: "text", reason: "empty" });
  if (words.length > MAX_TEXT) return fail("invalid", { field: "text", reason: "too_long", maxLength: MAX_TEXT });
  return words;
}

type Reader = Pick<QueryCtx, "db" | "storage">;
type Names = ReadonlyMap<Id<"members">, string>;

async function loadNames(ctx: Reader, messages: readonly Doc<"messages">[]): Promise<Names> {
  const ids = new Set(messages.flatMap(({ author }) => author.memberId ?? []));
  const members = await Promise.all([...ids].map((memberId) => ctx.db.get("members", memberId)));
  return new Map(members.flatMap((member) => (member === null ? [] : [[member._id, member.name] as const])));
}

async function rowOf(ctx: Reader, message: Doc<"messages">, names: Names): Promise<MessageRow> {
  const { _id, seq, sortAt, direction, author, kind, location, contacts, pollOptions, reactions } = message;
  const name = (author.memberId === undefined ? author.name : names.get(author.memberId)) ?? null;
  return {
    _id,
    seq,
    sortAt,
    direction,
    author: { kind: author.kind, memberId: author.memberId ?? null, name },
    kind,
    text: message.text ?? null,
    media: message.media === undefined ? null : await mediaRow(ctx, message.media),
    location: location === undefined ? null : placeRow(location),
    contacts: contacts ?? [],
    pollOptions: pollOptions ?? [],
    quoted: message.quoted === undefined ? null : await quoteRow(ctx, message, message.quoted),
    reactions: reactions.flatMap((reaction) => reactionRow(reaction)),
    status: message.status ?? null,
    error: message.error ?? null,
    providerAt: message.providerAt ?? null,
    editedAt: message.editedAt ?? null,
    deletedAt: message.deletedAt ?? null,
    turnId: message.turnId ?? null,
    clientId: message.clientId ?? null,
  };
}

async function mediaRow(ctx: Reader, media: Infer<typeof mediaValidator>): Promise<Infer<typeof mediaRowValidator>> {
  const { state, storageId, mimeType, fileName, byteLength, durationSeconds, width, height, voice } = media;
  return {
    state,
    mimeType,
    voice,
    fileName: fileName ?? null,
    byteLength: byteLength ?? null,
    url: storageId === undefined ? null : await ctx.storage.getUrl(storageId),
    durationSeconds: durationSeconds ?? null,
    width: width ?? null,
    height: height ?? null,
  };
}

function placeRow({ latitude, longitude, name, address }: NonNullable<Doc<"messages">["location"]>) {
  return { latitude, longitude, name: name ?? null, address: address ?? null };
}

/** What was answered: our own row of it when we have one, else the words that the provider sent along. */
async function quoteRow(
  ctx: Reader,
  { connectionId }: Doc<"messages">,
  quoted: NonNullable<Doc<"messages">["quoted"]>,
): Promise<MessageRow["quoted"]> {
  const original = await loadMessage(ctx, { connectionId, externalId: quoted.externalId });
  if (original === null) return { messageId: null, text: quoted.text ?? null, author: null };
  const words = original.deletedAt === undefined ? (original.text ?? quoted.text) : undefined;
  return { messageId: original._id, text: words ?? null, author: original.direction === "inbound" ? "contact" : "us" };
}

/** A reaction that was taken back is kept without its emoji, and not shown. */
function reactionRow({ actor, emoji, name }: Doc<"messages">["reactions"][number]): MessageRow["reactions"] {
  return emoji === "" ? [] : [{ emoji, by: actor === "me" ? "us" : "contact", name: name ?? null }];
}
