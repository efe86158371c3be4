/** What a committed run writes: facts, qualification, messages on their way, the run and its trace. */
import { type Infer, v } from "convex/values";
import { newQualification, qualificationStateValidator } from "../../lib/domain/qualification-state.ts";
import type { Evidence } from "../../lib/domain/qualification.ts";
import type { Afterwards } from "../../lib/domain/turn-run.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { leaveToPeople, speak } from "../inbox/model.ts";
import { recordEvent } from "../ops/model.ts";
import { requalifyContact, writeReadFact } from "./facts.ts";
import { loadQualification } from "./model.ts";
import { type attentionValidator, traceValidator } from "./validators.ts";

type Write = Pick<MutationCtx, "db" | "scheduler">;
type Conversation = Doc<"conversations">;
type Attention = Infer<typeof attentionValidator>;
type NewRun = Omit<Doc<"turnRuns">, "_id" | "_creationTime" | "orgId" | "conversationId">;

/** `TurnResult` of lib/agent as it travels from the action. */
export const resultValidator = v.object({
  state: qualificationStateValidator,
  messages: v.array(v.string()),
  handoff: v.union(v.null(), v.object({ reason: v.string(), who: v.string(), need: v.string(), nextStep: v.string() })),
  optOut: v.boolean(),
  pause: v.union(v.null(), v.string()),
  waitUntil: v.union(v.null(), v.number()),
  trace: traceValidator,
});
export type Result = Infer<typeof resultValidator>;

export function afterwardsOf({ handoff, optOut, pause, waitUntil }: Result): Afterwards {
  if (waitUntil !== null) return { kind: "resume", at: waitUntil };
  return { kind: handoff !== null || optOut || pause !== null ? "leave" : "listen" };
}

/** Answers the run's id: what its messages carry as `turnId`. */
export async function writeRun(
  ctx: Pick<MutationCtx, "db">,
  { _id: conversationId, orgId }: Conversation,
  run: NewRun,
): Promise<Id<"turnRuns">> {
  return ctx.db.insert("turnRuns", { orgId, conversationId, ...run });
}

export async function writeResult(
  ctx: Write,
  {
    conversation,
    result,
    run,
    isCurrent,
  }: {
    conversation: Conversation;
    result: Result;
    run: Omit<NewRun, "outcome">;
    /** Nothing that the run read was changed since. */
    isCurrent: boolean;
  },
): Promise<void> {
  const { orgId, _id: conversationId, contactId, level } = conversation;
  const { endedAt: now } = run;
  // A suggestion is for people to send; it never leaves by itself.
  const texts = level === "auto" ? result.messages : [];
  const outcome = texts.length > 0 ? ("spoke" as const) : ("silent" as const);
  const runId = await writeRun(ctx, conversation, { ...run, outcome });
  await ctx.db.insert("traces", { orgId, conversationId, runId, trace: result.trace });
  await saveQualification(ctx, conversation, { state: result.state });
  await noteChange(ctx, conversation, { result, runId, now });
  const refused: Evidence[] = [];
  for (const change of result.trace.facts) {
    if (!(await writeReadFact(ctx, conversation, change))) refused.push(change.fact);
  }
  // What a person corrected or removed while the run thought is not what its score rests on.
  if (!isCurrent || refused.length > 0) await requalifyContact(ctx, { orgId, contactId, removed: refused });
  await speak(ctx, { conversation, texts, turnId: runId, now });
  if (result.optOut) {
    await ctx.db.patch("contacts", contactId, { optedOutAt: now });
    await leaveToPeople(ctx, conversationId, "open");
  } else if (result.handoff !== null) {
    const { reason, ...summary } = result.handoff;
    await leave(ctx, conversation, { reason, at: now, summary });
  } else if (result.pause !== null) await leave(ctx, conversation, { reason: result.pause, at: now, summary: null });
}

/** The agent leaves the conversation, and people are told why. */
export async function leave(ctx: Write, conversation: Conversation, attention: Attention): Promise<void> {
  await saveQualification(ctx, conversation, { attention });
  const { _id: conversationId, contactId, orgId } = conversation;
  const payload = { conversationId, contactId, reason: attention.reason };
  const event = { type: "conversation.handed_off", version: 1, payload } as const;
  await recordEvent(ctx, { orgId, event, subject: `${conversationId}:${attention.at}`, at: attention.at });
  await leaveToPeople(ctx, conversation._id, "waiting");
}

/** Followers outside are told what the lead is worth now, and that they want to be left alone. */
async function noteChange(
  ctx: Write,
  { _id: conversationId, contactId, orgId }: Conversation,
  { result, runId, now: at }: { result: Result; runId: Id<"turnRuns">; now: number },
): Promise<void> {
  const { outcome, score } = result.trace;
  const of = { conversationId, contactId };
  if (outcome.from !== outcome.to || score.from !== score.to) {
    const payload = { ...of, outcome: outcome.to, score: score.to };
    const event = { type: "qualification.changed", version: 1, payload } as const;
    await recordEvent(ctx, { orgId, event, subject: runId, at });
  }
  if (!result.optOut) return;
  const event = { type: "contact.opted_out", version: 1, payload: of } as const;
  await recordEvent(ctx, { orgId, event, subject: runId, at });
}

async function saveQualification(
  ctx: Write,
  { _id: conversationId, orgId, contactId }: Conversation,
  changes: Partial<Pick<Doc<"qualifications">, "state" | "attention">>,
): Promise<void> {
  const row = await loadQualification(ctx, conversationId);
  if (row !== null) await ctx.db.patch("qualifications", row._id, changes);
  else {
    const fresh = { orgId, conversationId, contactId, state: newQualification() };
    await ctx.db.insert("qualifications", { ...fresh, ...changes });
  }
}
