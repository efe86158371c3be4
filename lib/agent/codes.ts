// Every code that a turn can leave behind, at run time: what people read has words for each of them.
// A code that is in the vocabulary and not here does not compile.
import type { ObjectionKind } from "../domain/playbook.ts";
import type { BuiltInFact } from "../domain/qualification-facts.ts";
import type { Outcome, ScoreReason, SignalKind } from "../domain/qualification.ts";
import type {
  HandoffReason,
  IntentKind,
  Move,
  QuestionTopic,
  RejectionRule,
  SilenceReason,
  Trace,
  Understanding,
} from "./types.ts";

export const MOVES = all<Move["kind"]>()([
  "stay_silent",
  "confirm_opt_out",
  "hand_off",
  "set_boundary",
  "close",
  "ask_for_text",
  "answer",
  "handle_objection",
  "ask_for_time",
  "ask",
]);

const HANDOFF_REASONS = all<HandoffReason>()([
  "asked_for_person",
  "meeting_requested",
  "playbook_keyword",
  "existing_customer",
  "unanswered_questions",
  "media_not_understood",
  "language_not_served",
  "facts_missing",
  "nothing_safe_to_say",
]);

const SILENCE_REASONS = all<SilenceReason>()([
  "nothing_new",
  "opted_out",
  "outside_hours",
  "echo_of_ourselves",
  "same_text_again",
  "too_many_turns",
  "automatic_reply",
  "abuse",
  "conversation_over",
]);

/** Why the agent left a conversation: it handed off, it was stopped, or it failed. */
export const ATTENTION_REASONS = [...HANDOFF_REASONS, ...SILENCE_REASONS, "agent_failed"] as const;

/** The first entry of `why`: the rule that decided. Those that follow it are details. */
export const WHY_CODES = [
  ...HANDOFF_REASONS,
  ...SILENCE_REASONS,
  "nothing_applies",
  "already_closed",
  "opts_out",
  "abusive",
  "not_a_lead",
  "cannot_read",
  "no_answer_in_playbook",
  "lead_asked",
  "lead_named_a_time",
  "accepted_without_a_time",
  "will_not_buy",
  "postpones",
  "leaves",
  "stalled",
  "declines",
  "objection_again",
  "objects",
  "fails_requirement",
  "asked_for_a_time_twice",
  "qualified",
  "asked_for_meeting",
  "next_question",
  "nothing_left_to_ask",
] as const;

export const INTENTS = all<IntentKind>()([
  "greets",
  "asks_price",
  "asks_demo",
  "asks_human",
  "asks_info",
  "asks_identity",
  "accepts_slot",
  "proposes_time",
  "affirms",
  "declines",
  "objects",
  "postpones",
  "will_not_buy",
  "leaves",
  "complains",
  "opts_out",
  "not_a_lead",
  "existing_customer",
  "abusive",
  "instructs_agent",
  "thanks",
]);

export const REJECTION_RULES = all<RejectionRule>()([
  "empty",
  "too_long",
  "too_many_messages",
  "invented_price",
  "invented_discount",
  "invented_time",
  "invented_link",
  "invented_email",
  "invented_phone",
  "claims_booking",
  "asks_known_fact",
  "two_questions",
  "wrong_language",
  "repeats_last",
  "repeats_question",
  "reveals_rules",
  "claims_human",
  "broken_template",
]);

export const OBJECTIONS = all<ObjectionKind>()([
  "has_vendor",
  "no_budget",
  "no_time",
  "must_think",
  "not_decision_maker",
  "too_expensive",
  "no_need",
]);

export const TOPICS = all<QuestionTopic>()([
  "price",
  "discount",
  "offer",
  "identity",
  "privacy",
  "hours",
  "link",
  "other",
]);

export const FACT_KEYS = all<BuiltInFact>()([
  "name",
  "company",
  "role",
  "decisionMaker",
  "email",
  "phone",
  "segment",
  "teamSize",
  "monthlyBudget",
  "currentSolution",
  "channels",
  "problem",
  "implication",
  "desiredOutcome",
  "timeline",
  "location",
  "preferredTime",
]);

export const OUTCOMES = all<Outcome>()(["open", "qualified", "disqualified", "nurture", "opted_out", "handed_off"]);

/** Reasons of an outcome that are codes; any other is a criterion's own label. */
export const OUTCOME_REASONS = [
  ...HANDOFF_REASONS,
  ...OBJECTIONS,
  "opts_out",
  "abuse",
  "not_a_lead",
  "declined",
  "score_below_threshold",
  "score_reached",
] as const;

export const SIGNALS = all<SignalKind>()(["asked_price", "asked_demo", "proposed_time", "soon", "answered"]);

export const SCORE_PART_NAMES = all<ScoreReason["part"]>()(["fit", "need", "intent", "engagement"]);

export const LANGUAGES = all<Understanding["language"]>()(["pt", "en", "es", "other"]);

export const SENTIMENTS = all<Understanding["sentiment"]>()(["positive", "neutral", "negative"]);

export const WORDINGS = all<Trace["wording"]>()(["brain", "brain_rewrite", "template", "none"]);

/** The code as one of `codes`; null for one that was written before the vocabulary moved on. */
export function knownCode<Code extends string>(codes: readonly Code[], code: string): Code | null {
  return codes.find((known) => known === code) ?? null;
}

/** Takes a list only when no member of the union is left out. */
function all<Code extends string>() {
  return <const List extends readonly Code[]>(list: Code extends List[number] ? List : never): List => list;
}
