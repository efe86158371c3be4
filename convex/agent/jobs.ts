import { v } from "convex/values";
import { isUnanswered } from "../../lib/domain/turn-state.ts";
import { SWEEP_GRACE_MS, sweepTurn } from "../../lib/domain/turn.ts";
import { internal } from "../_generated/api";
import { orgJob, systemJob } from "../functions.ts";
import { loadGate, loadPublishedPlaybook, loadTurn, resumeTurn, saidIn, scheduleTurnJobs } from "./model.ts";

/** Rows of one transaction. */
const BATCH = 100;

/** Finds what a bug or a limit left behind; each row is looked at again in a transaction of its own. */
export const sweep = systemJob({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const lateSince = Date.now() - SWEEP_GRACE_MS;
    const waiting = await ctx.db
      .query("turns")
      .withIndex("by_state_and_dueAt", (q) => q.eq("turn.state", "waiting").lte("turn.dueAt", lateSince))
      .take(BATCH);
    const running = await ctx.db
      .query("turns")
      .withIndex("by_state_and_leaseUntil", (q) => q.eq("turn.state", "running").lte("turn.leaseUntil", lateSince))
      .take(BATCH);
    for (const { orgId, conversationId } of [...waiting, ...running]) {
      await ctx.scheduler.runAfter(0, internal.agent.jobs.sweepOne, { orgId, conversationId });
    }
    return null;
  },
});

/** Schedules once more the job that should have moved the turn. */
export const sweepOne = orgJob({
  args: { conversationId: v.id("conversations") },
  returns: v.null(),
  handler: async (ctx, { conversationId }) => {
    const conversation = await ctx.db.get("conversations", conversationId);
    const playbook = await loadPublishedPlaybook(ctx, ctx.org._id);
    if (conversation === null || playbook === null) return null;
    const { pacing } = playbook.content;
    const asking = { now: Date.now(), gate: await loadGate(ctx, conversation), pacing, said: saidIn(conversation) };
    const decision = sweepTurn(await loadTurn(ctx, conversationId), asking);
    if (decision.kind === "nudge") await scheduleTurnJobs(ctx, conversation, decision.schedule);
    return null;
  },
});

/** The agent may speak again: every conversation of its own that has no answer yet gets a turn, each in a transaction of its own. */
export const resume = orgJob({
  args: { cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { cursor }) => {
    const orgId = ctx.org._id;
    const found = await ctx.db
      .query("conversations")
      .withIndex("by_org_and_handler_and_active_and_lastActivityAt", (q) =>
        q.eq("orgId", orgId).eq("handler.kind", "agent").eq("active", true),
      )
      .order("desc")
      .paginate({ cursor, numItems: BATCH });
    for (const conversation of found.page.filter((each) => isUnanswered(saidIn(each)))) {
      const { _id: conversationId } = conversation;
      await ctx.scheduler.runAfter(0, internal.agent.jobs.resumeOne, { orgId, conversationId });
    }
    if (!found.isDone) {
      await ctx.scheduler.runAfter(0, internal.agent.jobs.resume, { orgId, cursor: found.continueCursor });
    }
    return null;
  },
});

export const resumeOne = orgJob({
  args: { conversationId: v.id("conversations") },
  returns: v.null(),
  handler: async (ctx, { conversationId }) => {
    const conversation = await ctx.db.get("conversations", conversationId);
    if (conversation !== null) await resumeTurn(ctx, conversation, Date.now());
    return null;
  },
});
