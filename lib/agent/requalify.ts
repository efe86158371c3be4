// Score, progress and outcome anew after people changed what is known: the rules of a turn, without a turn.
import { SPIN_STAGES } from "../domain/playbook.ts";
import type { PlaybookContent } from "../domain/playbook.ts";
import { withoutEvidence } from "../domain/qualification-correction.ts";
import type { KnownFact } from "../domain/qualification-facts.ts";
import type { QualificationState } from "../domain/qualification-state.ts";
import { type Evidence, failedRequirement, type Outcome, progressSpin, scoreLead } from "../domain/qualification.ts";
import { isQualified } from "./policy.ts";
import { situationKeys } from "./questions.ts";

export type Requalifying = {
  playbook: PlaybookContent;
  state: QualificationState;
  /** As they are after the change. */
  facts: readonly KnownFact[];
  /** Proof of the facts that are no longer believed. */
  removed: readonly Evidence[];
  contactName: string | undefined;
};

type Ended = { outcome: Outcome; outcomeReason?: string };

/** What a lead said or did (opted out, declined, asked for a person) stays as it is: facts do not undo it. */
export function requalify({ playbook, state, facts, removed, contactName }: Requalifying): QualificationState {
  const before = withoutEvidence(state, removed);
  const spin = progressSpin({
    spin: before.spin,
    facts,
    read: [],
    situationKeys: situationKeys(playbook),
    exhausted: new Set(SPIN_STAGES.filter((stage) => before.spin[stage].state === "skipped")),
  });
  const { score, reasons } = scoreLead({ facts, spin, signals: before.signals, criteria: playbook.criteria });
  const isWon = isQualified({ playbook, facts, score, contactName });
  return { ...before, spin, score, reasons, ...outcomeOf({ playbook, state, facts, isWon }) };
}

/** Reasons with which people were asked to help, and which facts alone settle. */
const SETTLED_BY_FACTS: ReadonlySet<string | undefined> = new Set(["facts_missing", "meeting_requested"]);

function outcomeOf(given: Pick<Requalifying, "playbook" | "state" | "facts"> & { isWon: boolean }): Ended {
  const { playbook, state, facts, isWon } = given;
  const now: Ended = { outcome: state.outcome, outcomeReason: state.outcomeReason };
  if (!restsOnFacts(state, playbook)) return now;
  const failed = failedRequirement(playbook.criteria, facts);
  if (failed !== null) return { outcome: "disqualified", outcomeReason: failed.label };
  const wasAsked = SETTLED_BY_FACTS.has(state.outcomeReason);
  if (isWon) return { outcome: "qualified", outcomeReason: wasAsked ? state.outcomeReason : "score_reached" };
  if (wasAsked) return { outcome: "handed_off", outcomeReason: state.outcomeReason };
  return state.outcome === "nurture" ? now : { outcome: "open", outcomeReason: undefined };
}

function restsOnFacts({ outcome, outcomeReason }: QualificationState, { criteria }: PlaybookContent): boolean {
  switch (outcome) {
    case "open":
    case "qualified":
      return true;
    case "opted_out":
      return false;
    case "handed_off":
      return SETTLED_BY_FACTS.has(outcomeReason);
    case "nurture":
      return outcomeReason === "score_below_threshold";
    case "disqualified":
      return criteria.some(({ label }) => label === outcomeReason);
  }
}
