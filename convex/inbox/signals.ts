/**
 * What the contact's phone is shown of us: that we read, that we write. Best effort in actions of their own: nothing waits for a
 * signal, none is repeated, and a lost one is never missed.
 */
import { v } from "convex/values";
import { findConnector } from "../../lib/connectors/registry.ts";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { orgJobQuery } from "../functions.ts";
import { listAddresses } from "./people.ts";
import { loadTarget, targetValidator } from "./target.ts";
import type { Conversation } from "./threads.ts";
import { addressValidator } from "./validators.ts";

type Write = Pick<MutationCtx, "db" | "scheduler">;

/** Ticks of one signal; a contact who said more gets the newest. */
const MAX_READ = 50;

/** A member, or the agent, has read up to `seq`: the contact sees it once, and only ever of more. */
export async function signalRead(ctx: Write, conversation: Conversation, seq: number): Promise<void> {
  await signal(ctx, conversation, { upTo: seq, isWriting: false });
}

/** The agent takes its turn: it has read what was said, and writes. */
export async function signalTurn(ctx: Write, conversation: Conversation): Promise<void> {
  await signal(ctx, conversation, { upTo: conversation.inboundSeq, isWriting: true });
}

/** What a signal takes; null when there is no account to give it with. */
export const load = orgJobQuery({
  args: { conversationId: v.id("conversations"), after: v.number(), upTo: v.number() },
  returns: v.union(
    v.null(),
    v.object({
      target: targetValidator,
      chat: addressValidator,
      aliases: v.array(addressValidator),
      /** The provider's ids of what was read. */
      heard: v.array(v.string()),
    }),
  ),
  handler: async (ctx, { conversationId, after, upTo }) => {
    const conversation = await ctx.db.get("conversations", conversationId);
    const found = conversation === null ? null : await loadTarget(ctx, conversation);
    if (found === null) return null;
    const { target, chat, contactId } = found;
    const aliases = await listAddresses(ctx, contactId);
    return { target, chat, aliases, heard: await listHeard(ctx, { conversationId, after, upTo }) };
  },
});

/** The mark is moved with the asking, so that nobody signals the same twice; a group's members are told nothing. */
async function signal(
  ctx: Write,
  conversation: Conversation,
  { upTo, isWriting }: { upTo: number; isWriting: boolean },
): Promise<void> {
  const { _id: conversationId, orgId, connectionId, isGroup } = conversation;
  const connection = isGroup ? null : await ctx.db.get("connections", connectionId);
  // Where we are the provider, the contact's page reads for itself what we do.
  if (connection?.status.kind !== "connected" || connection.config.baseUrl === undefined) return;
  const can = findConnector(connection.connector)?.manifest.capabilities;
  const after = can === undefined || can.mark_read === "planned" ? upTo : await moveMark(ctx, conversation, upTo);
  const typing = isWriting && can !== undefined && can.typing !== "planned";
  if (after >= upTo && !typing) return;
  const job = { orgId, conversationId, after, upTo, typing };
  await ctx.scheduler.runAfter(0, internal.inbox.signalSend.show, job);
}

/** Answers where the mark stood. */
async function moveMark(ctx: Write, { _id: conversationId, orgId }: Conversation, upTo: number): Promise<number> {
  const mark = await ctx.db
    .query("readMarks")
    .withIndex("by_conversation", (q) => q.eq("conversationId", conversationId))
    .unique();
  if (mark === null) await ctx.db.insert("readMarks", { orgId, conversationId, seq: upTo });
  else if (mark.seq < upTo) await ctx.db.patch("readMarks", mark._id, { seq: upTo });
  return mark?.seq ?? 0;
}

async function listHeard(
  ctx: Pick<QueryCtx, "db">,
  { conversationId, after, upTo }: { conversationId: Id<"conversations">; after: number; upTo: number },
): Promise<string[]> {
  if (after >= upTo) return [];
  const newest = await ctx.db
    .query("messages")
    .withIndex("by_conversation_and_sortAt_and_seq", (q) => q.eq("conversationId", conversationId))
    .order("desc")
    .take(MAX_READ);
  const isNew = ({ direction, seq }: Doc<"messages">) => direction === "inbound" && seq > after && seq <= upTo;
  return newest.filter(isNew).flatMap(({ externalId }) => externalId ?? []);
}
