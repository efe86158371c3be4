import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { formatPhone } from "../../lib/domain/phone.ts";
import { foldQuery } from "../../lib/domain/search-text.ts";
import { fail } from "../../lib/errors.ts";
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { orgMutation, orgQuery } from "../functions.ts";
import { recordMemberAudit } from "../ops/model.ts";
import { connectionReasonValidator, connectionStateValidator, connectorValidator } from "../validators.ts";
import { requireConversation } from "./lookups.ts";
import { conversationRowValidator, listRows, loadRead } from "./rows.ts";
import { signalRead } from "./signals.ts";
import { handToAgent, letGo, silenceAgent, stateBeforeValidator } from "./silence.ts";
import { identityKindValidator, levelValidator } from "./validators.ts";

const MAX_PAGE = 100;
const MAX_COUNT = 100; // "99+"
const MAX_FOUND = 30;

const filterValidator = v.union(
  v.literal("mine"),
  v.literal("waiting"),
  v.literal("ai"),
  v.literal("all"),
  v.literal("done"),
);
type Filter = typeof filterValidator.type;

/** A page of the list, what happened last first. `mine` and `ai` leave out what is done. */
export const list = orgQuery({
  needs: "inbox:read",
  args: { filter: filterValidator, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(conversationRowValidator),
  handler: async (ctx, { filter, paginationOpts }) => {
    const opts = { ...paginationOpts, numItems: Math.min(paginationOpts.numItems, MAX_PAGE) };
    const found = await filtered(ctx, filter).order("desc").paginate(opts);
    return { ...found, page: await listRows(ctx, found.page) };
  },
});

/** Conversations whose contact has such a name or phone, in any form in which people write it. */
export const search = orgQuery({
  needs: "inbox:read",
  args: { text: v.string() },
  returns: v.array(conversationRowValidator),
  handler: async (ctx, { text }) => {
    const query = foldQuery(text);
    if (query === "") return [];
    const contacts = await ctx.db
      .query("contacts")
      .withSearchIndex("search_text", (q) => q.search("searchText", query).eq("orgId", ctx.org._id))
      .take(MAX_FOUND);
    const found = await Promise.all(
      contacts.map(({ _id }) =>
        ctx.db
          .query("conversations")
          .withIndex("by_contact", (q) => q.eq("contactId", _id))
          .take(5),
      ),
    );
    return listRows(ctx, found.flat().slice(0, MAX_FOUND));
  },
});

/** How many there are to look at, up to 100. */
export const counts = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.object({ mine: v.number(), waiting: v.number(), ai: v.number() }),
  handler: async (ctx) => {
    const [mine, waiting, ai] = await Promise.all(
      (["mine", "waiting", "ai"] as const).map(async (filter) => (await filtered(ctx, filter).take(MAX_COUNT)).length),
    );
    return { mine: mine ?? 0, waiting: waiting ?? 0, ai: ai ?? 0 };
  },
});

/** A conversation's line with who it is with and what it goes through. */
export const get = orgQuery({
  needs: "inbox:read",
  args: { conversationId: v.string() },
  returns: v.object({
    ...conversationRowValidator.fields,
    readSeq: v.number(), // how far the caller has read; 0 before the first time
    level: levelValidator,
    connection: v.object({
      _id: v.id("connections"),
      name: v.string(),
      connector: connectorValidator,
      state: connectionStateValidator,
      reason: v.union(connectionReasonValidator, v.null()),
    }),
    contact: v.object({
      _id: v.id("contacts"),
      name: v.union(v.string(), v.null()),
      phone: v.union(v.string(), v.null()), // as people write it
      email: v.union(v.string(), v.null()),
      company: v.union(v.string(), v.null()),
      locale: v.union(v.string(), v.null()),
      createdAt: v.number(),
      identities: v.array(v.object({ kind: identityKindValidator, value: v.string() })),
    }),
  }),
  handler: async (ctx, { conversationId }) => {
    const conversation = await requireConversation(ctx, conversationId);
    const [row] = await listRows(ctx, [conversation]);
    const connection = await ctx.db.get("connections", conversation.connectionId);
    const contact = await ctx.db.get("contacts", conversation.contactId);
    if (row === undefined || connection === null || contact === null)
      return fail("not_found", { what: "conversation" });
    const identities = await ctx.db
      .query("identities")
      .withIndex("by_contact", (q) => q.eq("contactId", contact._id))
      .take(20);
    const read = await loadRead(ctx, { memberId: ctx.member._id, conversationId: conversation._id });
    const { _id, name, connector, status } = connection;
    return {
      ...row,
      readSeq: read?.seq ?? 0,
      level: conversation.level,
      connection: { _id, name, connector, state: status.kind, reason: status.reason ?? null },
      contact: {
        _id: contact._id,
        name: contact.name ?? null,
        email: contact.email ?? null,
        company: contact.company ?? null,
        locale: contact.locale ?? null,
        createdAt: contact._creationTime,
        phone: contact.phone === undefined ? null : formatPhone(contact.phone),
        identities: identities.map(({ kind, value }) => ({ kind, value })),
      },
    };
  },
});

/** The caller has read up to `seq`; never less than before. */
export const markRead = orgMutation({
  needs: "inbox:read",
  args: { conversationId: v.id("conversations"), seq: v.number() },
  returns: v.null(),
  handler: async (ctx, { conversationId, seq }) => {
    const conversation = await requireConversation(ctx, conversationId);
    const read = await loadRead(ctx, { memberId: ctx.member._id, conversationId });
    const upTo = Math.min(seq, conversation.nextSeq - 1);
    if (upTo <= (read?.seq ?? 0)) return null;
    const fields = { orgId: ctx.org._id, memberId: ctx.member._id, conversationId, seq: upTo };
    if (read === null) await ctx.db.insert("reads", fields);
    else await ctx.db.patch("reads", read._id, { seq: upTo });
    await signalRead(ctx, conversation, upTo);
    return null;
  },
});

/** Whose it is to look after; null takes it from everybody. */
export const assign = orgMutation({
  needs: "inbox:reply",
  args: { conversationId: v.id("conversations"), memberId: v.union(v.id("members"), v.null()) },
  returns: v.null(),
  handler: async (ctx, { conversationId, memberId }) => {
    await requireConversation(ctx, conversationId);
    const member = memberId === null ? null : await ctx.db.get("members", memberId);
    if (memberId !== null && member?.status !== "active") return fail("not_found", { what: "member" });
    await ctx.db.patch("conversations", conversationId, { assigneeId: memberId ?? undefined });
    await recordMemberAudit(ctx, { action: "conversation.assigned", target: conversationId });
    return null;
  },
});

/** The caller answers from here on; the agent stops at once, whatever it was about to say. */
export const takeOver = orgMutation({
  needs: "inbox:reply",
  args: { conversationId: v.id("conversations") },
  returns: v.null(),
  handler: async (ctx, { conversationId }) => {
    const conversation = await requireConversation(ctx, conversationId);
    const memberId = ctx.member._id;
    await silenceAgent(ctx, { conversation, cause: "took_over", memberId, now: Date.now() });
    await recordMemberAudit(ctx, { action: "conversation.taken_over", target: conversationId });
    return null;
  },
});

/**
 * Takes a take-over back: `before` says how the conversation stood. Where people were waited for they are again, and are
 * told why; who became its assignee by taking over no longer is. `conflict` when it is somebody else's by now.
 */
export const undoTakeOver = orgMutation({
  needs: "inbox:reply",
  args: { conversationId: v.id("conversations"), before: stateBeforeValidator },
  returns: v.null(),
  handler: async (ctx, { conversationId, before }) => {
    const conversation = await requireConversation(ctx, conversationId);
    if (conversation.handler.memberId !== ctx.member._id) return fail("conflict", { what: "conversation" });
    await letGo(ctx, { conversation, before, now: Date.now() });
    await recordMemberAudit(ctx, { action: "conversation.take_over_undone", target: conversationId });
    return null;
  },
});

/** The agent answers from here on, beginning with what has no answer yet. `invalid` in a group. */
export const giveBack = orgMutation({
  needs: "inbox:reply",
  args: { conversationId: v.id("conversations") },
  returns: v.null(),
  handler: async (ctx, { conversationId }) => {
    const conversation = await requireConversation(ctx, conversationId);
    if (conversation.isGroup) return fail("invalid", { field: "conversationId", reason: "group" });
    await handToAgent(ctx, conversation, Date.now());
    await recordMemberAudit(ctx, { action: "conversation.given_back", target: conversationId });
    return null;
  },
});

export const finish = orgMutation({
  needs: "inbox:reply",
  args: { conversationId: v.id("conversations") },
  returns: v.null(),
  handler: async (ctx, { conversationId }) => {
    const { active } = await requireConversation(ctx, conversationId);
    if (!active) return null;
    await ctx.db.patch("conversations", conversationId, { status: "done", active: false });
    await recordMemberAudit(ctx, { action: "conversation.finished", target: conversationId });
    return null;
  },
});

export const reopen = orgMutation({
  needs: "inbox:reply",
  args: { conversationId: v.id("conversations") },
  returns: v.null(),
  handler: async (ctx, { conversationId }) => {
    const { active } = await requireConversation(ctx, conversationId);
    if (active) return null;
    await ctx.db.patch("conversations", conversationId, { status: "open", active: true });
    await recordMemberAudit(ctx, { action: "conversation.reopened", target: conversationId });
    return null;
  },
});

type Reader = Pick<QueryCtx, "db"> & { org: { _id: Id<"organizations"> }; member: { _id: Id<"members"> } };

/** By index, the most specific first: none reads more than it shows. */
function filtered({ db, org, member }: Reader, filter: Filter) {
  const conversations = db.query("conversations");
  switch (filter) {
    case "all":
      return conversations.withIndex("by_org_and_lastActivityAt", (q) => q.eq("orgId", org._id));
    case "mine":
      return conversations.withIndex("by_org_and_assignee_and_active_and_lastActivityAt", (q) =>
        q.eq("orgId", org._id).eq("assigneeId", member._id).eq("active", true),
      );
    case "ai":
      return conversations.withIndex("by_org_and_handler_and_active_and_lastActivityAt", (q) =>
        q.eq("orgId", org._id).eq("handler.kind", "agent").eq("active", true),
      );
    case "waiting":
    case "done":
      return conversations.withIndex("by_org_and_status_and_lastActivityAt", (q) =>
        q.eq("orgId", org._id).eq("status", filter),
      );
  }
}
