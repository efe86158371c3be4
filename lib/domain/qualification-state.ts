// What the agent remembers of one conversation between turns, beside the facts. Stored whole with each commit.
import { type Infer, v } from "convex/values";
import { languageValidator } from "./playbook-language.ts";
import { objectionKindValidator } from "./playbook.ts";
import { emptySpin, outcomeValidator, scoreReasonValidator, signalValidator, spinValidator } from "./qualification.ts";

export const qualificationStateValidator = v.object({
  spin: spinValidator,
  score: v.number(),
  reasons: v.array(scoreReasonValidator),
  outcome: outcomeValidator,
  /** Why the outcome is what it is, as a code: `no_budget`, `asked_for_person`, a failed criterion's label… */
  outcomeReason: v.optional(v.string()),
  signals: v.array(signalValidator),
  /** How often each goal (a fact key, or `meeting`) was asked. Two is the most. */
  asked: v.array(v.object({ goal: v.string(), times: v.number() })),
  /** The goal that the last message of the agent asked about. */
  pending: v.optional(v.string()),
  objections: v.array(v.object({ kind: objectionKindValidator, times: v.number() })),
  /** Questions of the lead that the playbook has no answer to. */
  unknownQuestions: v.number(),
  /** Messages without text (audio, image) that could not be understood. */
  unreadMedia: v.number(),
  /** Times the agent asked for respect. */
  boundaries: v.number(),
  /** Language of the last clear message of the lead. */
  language: v.optional(languageValidator),
});
export type QualificationState = Infer<typeof qualificationStateValidator>;

/** A conversation of which nothing is known yet. */
export function newQualification(): QualificationState {
  return {
    spin: emptySpin(),
    score: 0,
    reasons: [],
    outcome: "open",
    signals: [],
    asked: [],
    objections: [],
    unknownQuestions: 0,
    unreadMedia: 0,
    boundaries: 0,
  };
}

export function timesAsked(state: Pick<QualificationState, "asked">, goal: string): number {
  return state.asked.find((entry) => entry.goal === goal)?.times ?? 0;
}
