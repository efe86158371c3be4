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
    v.object({ preview: v.string(), kind: messageKindValidator, at: v.number(), author: authorKindValidator }),
  ),
  lastActivityAt: v.number(),
  inboundSeq: v.number(), // what `markRead` takes when all is read
  unread: v.boolean(),
});
export type ConversationRow = Infer<typeof conversationRowValidator>;

type Read = Pick<QueryCtx, "db">;

/** Point look-ups for a page: who reads, and the few people it is assigned to. */
export async function listRows(
  ctx: Read & { member: Doc<"members"> },
  conversations: readonly Conversation[],
): Promise<ConversationRow[]> {
  const assigneeIds = new Set(conversations.flatMap(({ assigneeId }) => assigneeId ?? []));
  const assignees = await Promise.all([...assigneeIds].map((memberId) => ctx.db.get("members", memberId)));
  const byId = new Map(assignees.flatMap((member) => (member === null ? [] : [[member._id, member] as const])));
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
  members: ReadonlyMap<Id<"members">, Doc<"members">>,
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
    lastMessage: lastMessage === undefined ? null : shown(lastMessage),
    unread: inboundSeq > (read?.seq ?? 0),
  };
}

function shown({ preview, kind, at, author }: NonNullable<Conversation["lastMessage"]>) {
  return { preview, kind, at, author };
}
