/** A turn from its beginning to its end (I6). The rules are lib/domain/turn-run's; what a run writes is in commit.ts. */
import { v } from "convex/values";
import { playbookContentValidator } from "../../lib/domain/playbook.ts";
import { qualificationStateValidator } from "../../lib/domain/qualification-state.ts";
import { beginTurn, commitTurn, expireTurn } from "../../lib/domain/turn-run.ts";
import { LOOP_WINDOW_MS } from "../../lib/domain/turn-state.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { orgJob, orgJobQuery } from "../functions.ts";
import { showTurn } from "../inbox/model.ts";
import { afterwardsOf, leave, resultValidator, writeResult, writeRun } from "./commit.ts";
import { loadGate, loadPublishedPlaybook, loadTurn, saidIn, saveTurn, scheduleTurnJobs } from "./model.ts";
import { messageValidator, readSnapshot } from "./snapshot.ts";
import { knownFactValidator } from "./validators.ts";

const held = { conversationId: v.id("conversations"), token: v.number() };

/** The wait is over: the run takes the lease, and its end in time is scheduled with it. */
export const begin = orgJob({
  args: held,
  returns: v.null(),
  handler: async (ctx, { conversationId, token }) => {
    const now = Date.now();
    const facts = await loadFacts(ctx, { conversationId, now });
    if (facts === null) return null;
    const { conversation, turn, ...asking } = facts;
    const recentTurns = await countSpoken(ctx, { conversationId, since: now - LOOP_WINDOW_MS });
    const decision = beginTurn(turn, { ...asking, token, recentTurns });
    if (decision.kind === "ignore") return null;
    if (decision.kind === "not_yet") {
      await scheduleTurnJobs(ctx, conversation, decision.schedule);
      return null;
    }
    await saveTurn(ctx, conversation, decision.turn);
    if (decision.kind === "running") {
      await scheduleTurnJobs(ctx, conversation, decision.schedule);
      // A suggestion is nobody's turn to speak: the contact is shown nothing of it.
      if (conversation.level === "auto") await showTurn(ctx, conversation);
    } else await writeRun(ctx, conversation, { outcome: decision.kind, reason: decision.reason, endedAt: now });
    if (decision.kind === "paused") await leave(ctx, conversation, { reason: decision.reason, at: now, summary: null });
    return null;
  },
});

/** All that a run reads, at one moment; null when it is not the one that holds the turn. */
export const snapshot = orgJobQuery({
  args: { ...held, now: v.number() },
  returns: v.union(
    v.null(),
    v.object({
      input: v.object({
        conversationId: v.string(),
        now: v.number(),
        playbook: playbookContentValidator,
        playbookVersion: v.number(),
        contactName: v.optional(v.string()),
        messages: v.array(messageValidator),
        newMessageIds: v.array(v.string()),
        facts: v.array(knownFactValidator),
        state: qualificationStateValidator,
        maxMessageLength: v.number(),
      }),
      read: v.object({ throughSeq: v.number(), revision: v.number() }),
    }),
  ),
  handler: async (ctx, { conversationId, token, now }) => {
    const conversation = await ctx.db.get("conversations", conversationId);
    const turn = conversation === null ? null : await loadTurn(ctx, conversationId);
    if (conversation === null || turn?.state !== "running" || turn.token !== token) return null;
    return readSnapshot(ctx, { conversation, now });
  },
});

/** Everything that a run decided, in one transaction, or nothing of it. */
export const commit = orgJob({
  args: {
    ...held,
    read: v.object({ throughSeq: v.number(), revision: v.number() }),
    startedAt: v.number(),
    result: resultValidator,
  },
  returns: v.null(),
  handler: async (ctx, { conversationId, token, read, startedAt, result }) => {
    const now = Date.now();
    const facts = await loadFacts(ctx, { conversationId, now });
    if (facts === null) return null;
    const { conversation, turn, ...committing } = facts;
    const decision = commitTurn(turn, { ...committing, token, read, afterwards: afterwardsOf(result) });
    if (decision.kind === "ignore") return null;
    await saveTurn(ctx, conversation, decision.turn);
    if (decision.kind !== "dropped") await scheduleTurnJobs(ctx, conversation, decision.schedule);
    const run = { startedAt, endedAt: now, throughSeq: read.throughSeq };
    if (decision.kind === "committed") {
      const { answeredSeq } = decision;
      await ctx.db.patch("conversations", conversationId, { answeredSeq });
      const isCurrent = read.revision === conversation.revision;
      await writeResult(ctx, { conversation: { ...conversation, answeredSeq }, result, run, isCurrent });
      return null;
    }
    const reason = decision.kind === "dropped" ? { reason: decision.reason } : {};
    await writeRun(ctx, conversation, { ...run, outcome: decision.kind, ...reason });
    return null;
  },
});

/** The lease is over and nobody committed: the action died. It begins again, or a person is asked to help. */
export const expire = orgJob({
  args: held,
  returns: v.null(),
  handler: async (ctx, { conversationId, token }) => {
    const now = Date.now();
    const facts = await loadFacts(ctx, { conversationId, now });
    if (facts === null) return null;
    const { conversation, turn, gate } = facts;
    const decision = expireTurn(turn, { token, now, gate });
    if (decision.kind === "ignore") return null;
    await saveTurn(ctx, conversation, decision.turn);
    if (decision.kind === "again") await scheduleTurnJobs(ctx, conversation, decision.schedule);
    const reason = decision.kind === "again" ? {} : { reason: decision.reason };
    await writeRun(ctx, conversation, { outcome: "died", endedAt: now, ...reason });
    if (decision.kind === "handed_off") {
      await leave(ctx, conversation, { reason: decision.reason, at: now, summary: null });
    }
    return null;
  },
});

/** What every step of a turn looks at; null when the conversation or the playbook are gone. */
async function loadFacts(
  ctx: Pick<QueryCtx, "db">,
  { conversationId, now }: { conversationId: Id<"conversations">; now: number },
) {
  const conversation: Doc<"conversations"> | null = await ctx.db.get("conversations", conversationId);
  if (conversation === null) return null;
  const playbook = await loadPublishedPlaybook(ctx, conversation.orgId);
  if (playbook === null) return null;
  const gate = await loadGate(ctx, conversation);
  const { pacing } = playbook.content;
  return { conversation, turn: await loadTurn(ctx, conversationId), now, gate, pacing, said: saidIn(conversation) };
}

async function countSpoken(
  ctx: Pick<MutationCtx, "db">,
  { conversationId, since }: { conversationId: Id<"conversations">; since: number },
): Promise<number> {
  const runs = await ctx.db
    .query("turnRuns")
    .withIndex("by_conversation_and_outcome_and_endedAt", (q) =>
      q.eq("conversationId", conversationId).eq("outcome", "spoke").gt("endedAt", since),
    )
    .take(100);
  return runs.length;
}
