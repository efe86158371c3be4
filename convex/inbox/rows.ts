/** Conversations as lists show them. A line is the row itself, and what is known of its reader and its assignee. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { channelValidator } from "../validators.ts";
import type { Conversation } from "./threads.ts";
import {
  authorKindValidator,
  conversationStatusValidator,
  handlerValidator,
  messageKindValidator,
} from "./validators.ts";

const nullable = <T extends Parameters<typeof v.union>[number]>(validator: T) => v.union(validator, v.null());

export const conversationRowValidator = v.object({
  _id: v.id("conversations"),
  title: v.string(),
  channel: channelValidator,
  status: conversationStatusValidator,
  handler: handlerValidator.fields.kind,
  isGroup: v.boolean(),
  assignee: nullable(v.object({ memberId: v.id("members"), name: v.string(), imageUrl: nullable(v.string()) })),
  lastMessage: nullable(
    v.object({
      preview: v.string(),
      kind: messageKindValidator,
      at: v.number(),
      author: authorKindValidator,
      memberId: nullable(v.id("members")), // null for who wrote on the phone itself, and for who is no member
      memberName: nullable(v.string()),
    }),
  ),
  lastActivityAt: v.number(),
  inboundSeq: v.number(), // what `markRead` takes when all is read
  unread: v.boolean(),
});
export type ConversationRow = Infer<typeof conversationRowValidator>;

type Read = Pick<QueryCtx, "db">;
type Members = ReadonlyMap<Id<"members">, Doc<"members">>;

/** Point look-ups for a page: who reads, and the few people whom it names. */
export async function listRows(
  ctx: Read & { member: Doc<"members"> },
  conversations: readonly Conversation[],
): Promise<ConversationRow[]> {
  const named = conversations.flatMap(({ assigneeId, lastMessage }) => [assigneeId ?? [], lastMessage?.memberId ?? []]);
  const members = await Promise.all([...new Set(named.flat())].map((memberId) => ctx.db.get("members", memberId)));
  const byId = new Map(members.flatMap((member) => (member === null ? [] : [[member._id, member] as const])));
  return Promise.all(conversations.map((conversation) => rowOf(ctx, conversation, byId)));
}

/** How far a member has read; 0 before the first time. */
export async function loadRead(
  ctx: Read,
  { memberId, conversationId }: { memberId: Id<"members">; conversationId: Id<"conversations"> },
): Promise<Doc<"reads"> | null> {
  return ctx.db
    .query("reads")
    .withIndex("by_member_and_conversation", (q) => q.eq("memberId", memberId).eq("conversationId", conversationId))
    .unique();
}

async function rowOf(
  ctx: Read & { member: Doc<"members"> },
  conversation: Conversation,
  members: Members,
): Promise<ConversationRow> {
  const { _id, title, channel, status, handler, isGroup, assigneeId, lastMessage, lastActivityAt, inboundSeq } =
    conversation;
  const read = await loadRead(ctx, { memberId: ctx.member._id, conversationId: _id });
  const assignee = assigneeId === undefined ? undefined : members.get(assigneeId);
  return {
    _id,
    title,
    channel,
    status,
    handler: handler.kind,
    isGroup,
    lastActivityAt,
    inboundSeq,
    assignee:
      assignee === undefined
        ? null
        : { memberId: assignee._id, name: assignee.name, imageUrl: assignee.imageUrl ?? null },
    lastMessage: lastMessage === undefined ? null : shown(lastMessage, members),
    unread: inboundSeq > (read?.seq ?? 0),
  };
}

function shown(
  { preview, kind, at, author, memberId }: NonNullable<Conversation["lastMessage"]>,
  members: Members,
): ConversationRow["lastMessage"] {
  const member = memberId === undefined ? undefined : members.get(memberId);
  return { preview, kind, at, author, memberId: memberId ?? null, memberName: member?.name ?? null };
}
