// Which question comes next: SPIN stage by stage, then what is still required. Never what is known, never a third time.
import type { Language } from "../domain/playbook-language.ts";
import { DEFAULT_QUESTIONS } from "../domain/playbook-questions.ts";
import { type PlaybookContent, type Question, SPIN_STAGES, type SpinStage } from "../domain/playbook.ts";
import type { KnownFact } from "../domain/qualification-facts.ts";
import { type QualificationState, timesAsked } from "../domain/qualification-state.ts";
import type { Spin } from "../domain/qualification.ts";
import { comparable } from "./offline/text.ts";
import type { Ask } from "./types.ts";

/** The goal of the question for a time; all other goals are fact keys. */
export const MEETING = "meeting";
/** Once, and once more in other words. */
export const MOST_ASKED = 2;

export type AskContext = {
  playbook: PlaybookContent;
  facts: readonly KnownFact[];
  /** A name shown by the channel is as good as one told. */
  contactName: string | undefined;
  spin: Spin;
  state: Pick<QualificationState, "asked" | "pending">;
  language: Language;
};

const BUILT_IN: ReadonlyMap<string, Question> = new Map(
  Object.values(DEFAULT_QUESTIONS)
    .flat()
    .map((question) => [question.fact, question]),
);

/** The next question, or null when there is nothing left to ask. A question that was not answered is put again first. */
export function nextAsk(context: AskContext): Ask | null {
  const open = openAsks(context);
  return open.find((ask) => ask.goal === context.state.pending) ?? open[0] ?? null;
}

/** SPIN stages that are open and have no question left. */
export function exhaustedStages(context: Omit<AskContext, "spin">): Set<SpinStage> {
  const exhausted = SPIN_STAGES.filter((stage) =>
    context.playbook.questions[stage].every((question) => !askFor(question, stage, context)),
  );
  return new Set(exhausted);
}

export function isKnown(goal: string, context: Pick<AskContext, "facts" | "contactName">): boolean {
  if (goal === "name" && context.contactName !== undefined) return true;
  return context.facts.some((fact) => fact.key === goal);
}

/** Fact keys that the playbook's situation questions ask for. */
export function situationKeys(playbook: PlaybookContent): string[] {
  return playbook.questions.situation.map((question) => question.fact);
}

function openAsks(context: AskContext): Ask[] {
  const stages = SPIN_STAGES.filter((stage) => context.spin[stage].state === "open");
  const spin = stages.flatMap((stage) =>
    context.playbook.questions[stage].map((question) => askFor(question, stage, context)),
  );
  const needed = new Set([
    ...context.playbook.requiredFacts,
    ...context.playbook.criteria.map((criterion) => criterion.fact),
  ]);
  const all = [...context.playbook.questions.situation, ...context.playbook.questions.closing];
  const closing = all
    .filter((question) => needed.has(question.fact))
    .map((question) => askFor(question, "closing", context));
  return [...spin, ...closing].filter((ask) => ask !== null);
}

function askFor(question: Question, stage: Ask["stage"], context: Omit<AskContext, "spin">): Ask | null {
  const times = timesAsked(context.state, question.fact);
  if (times >= MOST_ASKED || isKnown(question.fact, context)) return null;
  const attempt = times === 0 ? 1 : 2;
  const wording = wordingOf(question, attempt, context.language);
  return wording === null ? null : { goal: question.fact, stage, attempt, wording };
}

/** The playbook's wording, else the general one for the same fact; a second attempt is never worded like the first. */
function wordingOf(question: Question, attempt: 1 | 2, language: Language): string | null {
  const own = question.wordings[language] ?? [];
  const general = BUILT_IN.get(question.fact)?.wordings[language] ?? [];
  const first = own[0] ?? general[0];
  if (attempt === 1) return first ?? null;
  return (
    [own[1], ...general].find((wording) => wording !== undefined && comparable(wording) !== comparable(first ?? "")) ??
    null
  );
}
