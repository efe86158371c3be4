// How far a lead has come: SPIN progress, score with its reasons, outcome. Pure rules over the facts that are known.
import { type Infer, v } from "convex/values";
import { type Criterion, type PlaybookContent, SPIN_STAGES, type SpinStage } from "./playbook.ts";
import type { FactValue, KnownFact } from "./qualification-facts.ts";

export const outcomeValidator = v.union(
  v.literal("open"),
  v.literal("qualified"),
  v.literal("disqualified"),
  v.literal("nurture"),
  v.literal("opted_out"),
  v.literal("handed_off"),
);
export type Outcome = Infer<typeof outcomeValidator>;

/** Proof: the lead's own words and the message they are in. */
export const evidenceValidator = v.object({ messageId: v.string(), quote: v.string() });
export type Evidence = Infer<typeof evidenceValidator>;

export const stageProgressValidator = v.object({
  state: v.union(v.literal("open"), v.literal("satisfied"), v.literal("skipped")),
  evidence: v.array(evidenceValidator),
});
export type StageProgress = Infer<typeof stageProgressValidator>;

export const spinValidator = v.object({
  situation: stageProgressValidator,
  problem: stageProgressValidator,
  implication: stageProgressValidator,
  needPayoff: stageProgressValidator,
});
export type Spin = Infer<typeof spinValidator>;

/** Something the lead did that shows intent or engagement, kept once with its first proof. */
export const signalKindValidator = v.union(
  v.literal("asked_price"),
  v.literal("asked_demo"),
  v.literal("proposed_time"),
  v.literal("soon"),
  v.literal("answered"),
);
export type SignalKind = Infer<typeof signalKindValidator>;
export const signalValidator = v.object({ kind: signalKindValidator, times: v.number(), evidence: evidenceValidator });
export type Signal = Infer<typeof signalValidator>;

export const scoreReasonValidator = v.object({
  part: v.union(v.literal("fit"), v.literal("need"), v.literal("intent"), v.literal("engagement")),
  /** What earned the points: a criterion's label, a SPIN stage or a signal. */
  subject: v.string(),
  points: v.number(),
  of: v.number(),
  evidence: v.optional(evidenceValidator),
});
export type ScoreReason = Infer<typeof scoreReasonValidator>;

export const SCORE_PARTS = { fit: 35, need: 35, intent: 20, engagement: 10 } as const;

const NEED_POINTS: Readonly<Record<SpinStage, number>> = { situation: 6, problem: 12, implication: 9, needPayoff: 8 };
const INTENT_POINTS: Readonly<Record<Exclude<SignalKind, "answered">, number>> = {
  asked_price: 5,
  asked_demo: 8,
  proposed_time: 8,
  soon: 7,
};
/** Answers to our questions after which engagement is full. */
const FULL_ENGAGEMENT = 5;
/** Known situation facts that make the situation clear enough to go on. */
const SITUATION_FACTS = 2;

const STAGE_FACT: Readonly<Record<Exclude<SpinStage, "situation">, string>> = {
  problem: "problem",
  implication: "implication",
  needPayoff: "desiredOutcome",
};

export function emptySpin(): Spin {
  const open = (): StageProgress => ({ state: "open", evidence: [] });
  return { situation: open(), problem: open(), implication: open(), needPayoff: open() };
}

/**
 * SPIN progress after a turn. A stage is satisfied by facts or by `read` evidence, and skipped when none of its
 * questions is left to ask (`exhausted`). A stage that was satisfied stays so.
 */
export function progressSpin(turn: {
  spin: Spin;
  facts: readonly KnownFact[];
  read: readonly { stage: SpinStage; evidence: Evidence }[];
  situationKeys: readonly string[];
  exhausted: ReadonlySet<SpinStage>;
}): Spin {
  const next = emptySpin();
  for (const stage of SPIN_STAGES) {
    const before = turn.spin[stage];
    const evidence = mergeEvidence([
      ...before.evidence,
      ...factEvidence(stage, turn.facts, turn.situationKeys),
      ...turn.read.filter((entry) => entry.stage === stage).map((entry) => entry.evidence),
    ]);
    const satisfied = before.state === "satisfied" || isStageKnown(stage, turn, evidence);
    const state = satisfied ? "satisfied" : turn.exhausted.has(stage) ? "skipped" : "open";
    next[stage] = { state, evidence };
  }
  return next;
}

/** Score 0 to 100 as the sum of its reasons; reasons that earned nothing are left out. */
export function scoreLead(lead: {
  facts: readonly KnownFact[];
  spin: Spin;
  signals: readonly Signal[];
  criteria: readonly Criterion[];
}): { score: number; reasons: ScoreReason[] } {
  const reasons = [
    ...fitReasons(lead.criteria, lead.facts),
    ...needReasons(lead.spin),
    ...intentReasons(lead.signals),
    ...engagementReasons(lead.signals),
  ].filter((reason) => reason.points > 0);
  const total = reasons.reduce((sum, reason) => sum + reason.points, 0);
  return { score: Math.min(100, Math.round(total)), reasons };
}

/** Whether a criterion holds: null while its fact is unknown. */
export function meetsCriterion(criterion: Criterion, facts: readonly KnownFact[]): boolean | null {
  const fact = facts.find((candidate) => candidate.key === criterion.fact);
  if (!fact) return null;
  const amount = amountOf(fact.value);
  switch (criterion.test.kind) {
    case "known":
      return true;
    case "is":
      return fact.value === criterion.test.value;
    case "at_least":
      return amount === null ? null : amount >= criterion.test.value;
    case "at_most":
      return amount === null ? null : amount <= criterion.test.value;
    case "one_of": {
      const value = typeof fact.value === "object" ? "" : String(fact.value).toLowerCase();
      return criterion.test.values.some((allowed) => value.includes(allowed.toLowerCase()));
    }
  }
}

/** The required criterion that the lead fails for certain, if any. */
export function failedRequirement(criteria: readonly Criterion[], facts: readonly KnownFact[]): Criterion | null {
  return (
    criteria.find((criterion) => criterion.need === "required" && meetsCriterion(criterion, facts) === false) ?? null
  );
}

export function missingRequiredFacts(
  playbook: Pick<PlaybookContent, "requiredFacts">,
  facts: readonly KnownFact[],
): string[] {
  return playbook.requiredFacts.filter((key) => !facts.some((fact) => fact.key === key));
}

/** Adds what was seen this turn to the signals: times are counted, the first proof is kept. */
export function addSignals(
  signals: readonly Signal[],
  seen: readonly { kind: SignalKind; evidence: Evidence }[],
): Signal[] {
  const next = signals.map((signal) => ({ ...signal }));
  for (const { kind, evidence } of seen) {
    const known = next.find((signal) => signal.kind === kind);
    if (known) known.times += 1;
    else next.push({ kind, times: 1, evidence });
  }
  return next;
}

function isStageKnown(
  stage: SpinStage,
  turn: { facts: readonly KnownFact[]; situationKeys: readonly string[] },
  evidence: readonly Evidence[],
): boolean {
  if (stage === "situation") {
    const known = turn.situationKeys.filter((key) => turn.facts.some((fact) => fact.key === key));
    return known.length >= Math.min(SITUATION_FACTS, turn.situationKeys.length);
  }
  return evidence.length > 0 || turn.facts.some((fact) => fact.key === STAGE_FACT[stage]);
}

function factEvidence(stage: SpinStage, facts: readonly KnownFact[], situationKeys: readonly string[]): Evidence[] {
  const keys = stage === "situation" ? situationKeys : [STAGE_FACT[stage]];
  return facts.flatMap((fact) => (keys.includes(fact.key) ? evidenceOf(fact) : []));
}

function evidenceOf(fact: KnownFact): Evidence[] {
  return fact.messageId !== undefined && fact.quote !== undefined
    ? [{ messageId: fact.messageId, quote: fact.quote }]
    : [];
}

function mergeEvidence(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Map(evidence.map((entry) => [`${entry.messageId}\n${entry.quote}`, entry]));
  return [...seen.values()];
}

function fitReasons(criteria: readonly Criterion[], facts: readonly KnownFact[]): ScoreReason[] {
  const totalWeight = criteria.reduce((sum, criterion) => sum + criterion.weight, 0);
  if (totalWeight === 0) return [];
  return criteria.map((criterion) => {
    const of = (criterion.weight / totalWeight) * SCORE_PARTS.fit;
    const fact = facts.find((candidate) => candidate.key === criterion.fact);
    return {
      part: "fit",
      subject: criterion.label,
      points: round(meetsCriterion(criterion, facts) === true ? of : 0),
      of: round(of),
      evidence: fact ? evidenceOf(fact)[0] : undefined,
    };
  });
}

function needReasons(spin: Spin): ScoreReason[] {
  return SPIN_STAGES.map((stage) => ({
    part: "need",
    subject: stage,
    points: spin[stage].state === "satisfied" ? NEED_POINTS[stage] : 0,
    of: NEED_POINTS[stage],
    evidence: spin[stage].evidence[0],
  }));
}

function intentReasons(signals: readonly Signal[]): ScoreReason[] {
  const reasons: ScoreReason[] = [];
  let left: number = SCORE_PARTS.intent;
  for (const signal of signals) {
    if (signal.kind === "answered") continue;
    const points = Math.min(left, INTENT_POINTS[signal.kind]);
    left -= points;
    reasons.push({
      part: "intent",
      subject: signal.kind,
      points,
      of: INTENT_POINTS[signal.kind],
      evidence: signal.evidence,
    });
  }
  return reasons;
}

function engagementReasons(signals: readonly Signal[]): ScoreReason[] {
  const answered = signals.find((signal) => signal.kind === "answered");
  if (!answered) return [];
  const share = Math.min(1, answered.times / FULL_ENGAGEMENT);
  return [
    {
      part: "engagement",
      subject: "answered",
      points: round(share * SCORE_PARTS.engagement),
      of: SCORE_PARTS.engagement,
      evidence: answered.evidence,
    },
  ];
}

/** Money is compared in whole units of its currency, as a criterion states it. */
function amountOf(value: FactValue): number | null {
  if (typeof value === "number") return value;
  return typeof value === "object" ? value.amountCents / 100 : null;
}

function round(points: number): number {
  return Math.round(points * 10) / 10;
}
