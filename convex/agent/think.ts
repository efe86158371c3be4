/** The one step that may take long, and may die: it reads once and commits once, and has no effect but by its commit. */
import { v } from "convex/values";
import { runTurn } from "../../lib/agent/turn.ts";
import type { TurnResult } from "../../lib/agent/types.ts";
import { internal } from "../_generated/api";
import { orgJobAction } from "../functions.ts";
import type { Result } from "./commit.ts";

export const think = orgJobAction({
  args: { conversationId: v.id("conversations"), token: v.number() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const job = { ...args, orgId: ctx.orgId };
    const startedAt = Date.now();
    const snapshot = await ctx.runQuery(internal.agent.turns.snapshot, { ...job, now: startedAt });
    if (snapshot === null) return null;
    const result = describeResult(await runTurn(snapshot.input));
    await ctx.runMutation(internal.agent.turns.commit, { ...job, read: snapshot.read, startedAt, result });
    return null;
  },
});

/** A result as `commit` takes it. */
export function describeResult(result: TurnResult): Result {
  const { state, messages, handoff, optOut, pause, waitUntil } = result;
  return {
    state,
    messages: [...messages],
    handoff: handoff === null ? null : describeHandoff(handoff),
    optOut,
    pause,
    waitUntil,
    trace: describeTrace(result),
  };
}

function describeHandoff({ reason, who, need, nextStep }: NonNullable<TurnResult["handoff"]>): Result["handoff"] {
  return { reason, who, need, nextStep };
}

function describeTrace({ trace, change, factChanges, why, move, understanding }: TurnResult): Result["trace"] {
  const { brain, promptVersion, playbookVersion, wording, rejections, fallback, usage } = trace;
  return {
    brain,
    promptVersion,
    playbookVersion,
    wording,
    fallback,
    usage,
    rejections: [...rejections],
    facts: [...factChanges],
    move: move.kind,
    why: [...why],
    score: { ...change.score, reasons: [...change.score.reasons] },
    outcome: change.outcome,
    stages: [...change.stages],
    understanding: understanding === null ? null : describeUnderstanding(understanding),
  };
}

function describeUnderstanding(read: NonNullable<TurnResult["understanding"]>) {
  const { language, sentiment, intents, objection, question, spinEvidence } = read;
  return {
    language,
    sentiment,
    objection,
    question,
    intents: [...intents],
    spinEvidence: [...spinEvidence],
  };
}
