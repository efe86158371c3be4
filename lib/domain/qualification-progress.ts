// Qualification as a path of five steps, and what is left to learn on it. For people to read; the agent decides by the rules.
import { type Infer, v } from "convex/values";
import { type PlaybookContent, SPIN_STAGES, type SpinStage } from "./playbook.ts";
import type { KnownFact } from "./qualification-facts.ts";
import { type QualificationState, timesAsked } from "./qualification-state.ts";
import { evidenceValidator } from "./qualification.ts";

/** `asked` is open with a question put at least once. */
export const stepValidator = v.object({
  state: v.union(v.literal("open"), v.literal("asked"), v.literal("satisfied"), v.literal("skipped")),
  evidence: v.array(evidenceValidator),
});
export type Step = Infer<typeof stepValidator>;

/** The four stages, and after them what a meeting or a proposal needs. */
export type StepName = SpinStage | "closing";
export const STEPS: readonly StepName[] = [...SPIN_STAGES, "closing"];

type Known = {
  playbook: Pick<PlaybookContent, "questions" | "requiredFacts" | "criteria" | "customFacts">;
  facts: readonly Pick<KnownFact, "key">[];
  /** A name shown by the channel is as good as one told. */
  contactName: string | undefined;
};

export function describeProgress(lead: Known & { state: QualificationState }): Record<StepName, Step> {
  const { state, playbook } = lead;
  const step = (stage: SpinStage): Step => {
    const { state: reached, evidence } = state.spin[stage];
    const isAsked = playbook.questions[stage].some(({ fact }) => timesAsked(state, fact) > 0);
    return { state: reached === "open" && isAsked ? "asked" : reached, evidence };
  };
  return {
    situation: step("situation"),
    problem: step("problem"),
    implication: step("implication"),
    needPayoff: step("needPayoff"),
    closing: { state: closingState(lead), evidence: [] },
  };
}

/** Keys the playbook asks about that are not known, required ones first, each once. */
export function missingFactsOf(lead: Known): { key: string; isRequired: boolean }[] {
  const { questions, requiredFacts, criteria, customFacts } = lead.playbook;
  const asked = Object.values(questions).flat();
  const keys = new Set([
    ...requiredFacts,
    ...asked.map(({ fact }) => fact),
    ...criteria.map(({ fact }) => fact),
    ...customFacts.map(({ key }) => key),
  ]);
  return [...keys]
    .filter((key) => !isKnown(key, lead))
    .map((key) => ({ key, isRequired: requiredFacts.includes(key) }));
}

function closingState(lead: Known & { state: QualificationState }): Step["state"] {
  const { questions, requiredFacts } = lead.playbook;
  const isMeetingAsked = timesAsked(lead.state, "meeting") > 0;
  if (requiredFacts.every((key) => isKnown(key, lead)) && (requiredFacts.length > 0 || isMeetingAsked)) {
    return "satisfied";
  }
  const isAsked = questions.closing.some(({ fact }) => timesAsked(lead.state, fact) > 0);
  return isAsked || isMeetingAsked ? "asked" : "open";
}

function isKnown(key: string, { facts, contactName }: Known): boolean {
  return (key === "name" && contactName !== undefined) || facts.some((fact) => fact.key === key);
}
