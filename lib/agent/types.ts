// The pipeline's vocabulary: what goes into a turn, what passes between its steps, what comes out.
import type { Language } from "../domain/playbook-language.ts";
import type { ObjectionKind, PlaybookContent, SpinStage } from "../domain/playbook.ts";
import type { FactChange, FactValue, KnownFact, ReadFact } from "../domain/qualification-facts.ts";
import type { QualificationState } from "../domain/qualification-state.ts";
import type { Outcome, ScoreReason } from "../domain/qualification.ts";

export type TurnMessage = {
  id: string;
  /** Epoch ms, never falling along the list. */
  at: number;
  from: "lead" | "agent" | "member";
  kind: "text" | "audio" | "image" | "video" | "document" | "sticker" | "location" | "contact" | "other";
  /** What was written, or the caption or transcript of a media message when there is one. */
  text?: string;
  /** The channel marked it as sent by a machine (out-of-office headers and the like). */
  isAutoReply?: boolean;
};

/** One consistent snapshot of a conversation. The pipeline reads nothing else: no clock, no network, no store. */
export type TurnInput = {
  /** Also the seed of the wording, so that a turn run again says the same. */
  conversationId: string;
  /** Epoch ms. */
  now: number;
  playbook: PlaybookContent;
  playbookVersion: number;
  contactName?: string;
  /** All that was said, oldest first, or its newest part. */
  messages: readonly TurnMessage[];
  /** Ids of the lead's messages that no turn has covered yet. */
  newMessageIds: readonly string[];
  facts: readonly KnownFact[];
  state: QualificationState;
  /** Longest text, in characters, that the channel takes in one message. */
  maxMessageLength: number;
};

export type IntentKind =
  | "greets"
  | "asks_price"
  | "asks_demo"
  | "asks_human"
  | "asks_info"
  | "asks_identity"
  | "accepts_slot"
  | "proposes_time"
  | "affirms"
  | "declines"
  | "objects"
  | "postpones"
  | "will_not_buy"
  | "leaves"
  | "complains"
  | "opts_out"
  | "not_a_lead"
  | "existing_customer"
  | "abusive"
  | "instructs_agent"
  | "thanks";

/** Where something was read: the exact words and their message. */
export type Source = { messageId: string; quote: string };

export type QuestionTopic = "price" | "discount" | "offer" | "identity" | "privacy" | "hours" | "link" | "other";

export type Understanding = {
  /** Of the new messages; `other` is a language that nobody here speaks. */
  language: Language | "other";
  intents: readonly ({ kind: IntentKind } & Source)[];
  objection: ({ kind: ObjectionKind } & Source) | null;
  sentiment: "positive" | "neutral" | "negative";
  facts: readonly ReadFact[];
  spinEvidence: readonly ({ stage: SpinStage } & Source)[];
  question: ({ topic: QuestionTopic } & Source) | null;
  /**
   * What became of the question that the agent had asked: `refused` is "I do not know" and "I would rather not say",
   * `unclear` is an answer that could not be made use of. Neither is asked for again.
   */
  pendingReply: "answered" | "refused" | "unclear" | "none";
};

/** A question to put: its goal is a fact key; `wording` is in the lead's language and ends the turn. */
export type Ask = { goal: string; stage: SpinStage | "closing"; attempt: 1 | 2; wording: string };

/** An answer made of what the playbook says, ready to be written. */
export type Answer =
  | { source: "prices"; lines: readonly string[] }
  | { source: "offer" | "faq"; text: string }
  | { source: "hours"; text: string }
  | { source: "link"; url: string }
  | { source: "identity" | "privacy" | "no_discount" | "price_by_team" | "offer_by_team" | "unknown" };

export type HandoffReason =
  | "asked_for_person"
  | "meeting_requested"
  | "playbook_keyword"
  | "existing_customer"
  | "unanswered_questions"
  | "media_not_understood"
  | "language_not_served"
  | "facts_missing"
  | "nothing_safe_to_say";

export type SilenceReason =
  | "nothing_new"
  | "opted_out"
  | "outside_hours"
  | "echo_of_ourselves"
  | "same_text_again"
  | "too_many_turns"
  | "automatic_reply"
  | "abuse"
  | "conversation_over";

export type Move =
  | { kind: "stay_silent"; reason: SilenceReason }
  | { kind: "confirm_opt_out" }
  | { kind: "hand_off"; reason: HandoffReason; preferredTime?: string }
  | { kind: "set_boundary" }
  | { kind: "close"; outcome: "disqualified" | "nurture"; reason: string }
  | { kind: "ask_for_text"; media: TurnMessage["kind"] }
  | { kind: "answer"; answer: Answer; next: Ask | "meeting" | null }
  | { kind: "handle_objection"; objection: ObjectionKind; text: string | null; next: Ask | null }
  | { kind: "ask_for_time"; attempt: 1 | 2 }
  | { kind: "ask"; ask: Ask };

/** A move with the facts of the case that led to it, as codes; the first is the rule that decided. */
export type Decision = { move: Move; why: readonly string[] };

export type Draft = { messages: readonly string[]; usage?: BrainUsage };
export type BrainUsage = { inputTokens: number; outputTokens: number; costMicros: number };

/** `proposal` is for brains that understand and write in one call; it is used when the policy makes the same move. */
export type Reading = {
  understanding: Understanding;
  proposal?: { move: Move["kind"]; draft: Draft };
  usage?: BrainUsage;
};

export type WriteRequest = {
  input: TurnInput;
  understanding: Understanding;
  move: Move;
  /** The lead's language, or the one to fall back to. */
  language: Language;
  /** What is known after this turn. */
  facts: readonly KnownFact[];
  /** Keys that became known in this turn: worth a word of acknowledgement. */
  learned: readonly string[];
  /** Said when the playbook wants the team's absence announced; already worded with playbook hours. */
  absence: string | null;
  /** Why the previous draft was refused; empty for the first. */
  rejections: readonly Rejection[];
};

/**
 * The one non-deterministic box. It may throw or reject: the turn then goes on with the offline brain and says so.
 * Whatever it returns is judged: facts need their quote, drafts pass the verifier.
 */
export interface Brain {
  /** Name and version for the trace, e.g. `offline@1`. */
  readonly id: string;
  /** Languages it can hold a conversation in. */
  readonly speaks: readonly Language[];
  understand(input: TurnInput): Promise<Reading>;
  write(request: WriteRequest): Promise<Draft>;
}

export type RejectionRule =
  | "empty"
  | "too_long"
  | "too_many_messages"
  | "invented_price"
  | "invented_discount"
  | "invented_time"
  | "invented_link"
  | "invented_email"
  | "invented_phone"
  | "claims_booking"
  | "asks_known_fact"
  | "two_questions"
  | "wrong_language"
  | "repeats_last"
  | "repeats_question"
  | "reveals_rules"
  | "claims_human"
  | "broken_template";

/** One rule broken by one draft; `excerpt` is the part that broke it. */
export type Rejection = { rule: RejectionRule; excerpt: string };

export type HandoffField = { key: string; value: FactValue; quote?: string; messageId?: string };

/** What a member needs to go on without asking again. */
export type Handoff = {
  reason: HandoffReason;
  who: string;
  need: string;
  fields: readonly HandoffField[];
  nextStep: string;
};

export type Trace = {
  brain: string;
  promptVersion: string;
  playbookVersion: number;
  read: readonly string[];
  understanding: Understanding | null;
  move: Move;
  why: readonly string[];
  /** Who wrote what was sent. */
  wording: "brain" | "brain_rewrite" | "template" | "none";
  rejections: readonly Rejection[];
  /** Set when the brain failed and the offline one took over. */
  fallback: string | null;
  usage: BrainUsage;
};

export type TurnResult = {
  understanding: Understanding | null;
  factChanges: readonly FactChange[];
  /** To be stored whole. */
  state: QualificationState;
  change: {
    score: { from: number; to: number; reasons: readonly ScoreReason[] };
    outcome: { from: Outcome; to: Outcome; reason?: string };
    stages: readonly { stage: SpinStage; to: "satisfied" | "skipped" }[];
  };
  move: Move;
  why: readonly string[];
  messages: readonly string[];
  /** The conversation passes to members in the same transaction. */
  handoff: Handoff | null;
  /** The contact must never be written to again. */
  optOut: boolean;
  /** The agent stops in this conversation until a member gives it back. */
  pause: SilenceReason | null;
  /** Nothing is committed now: run the turn again at this time (epoch ms). */
  waitUntil: number | null;
  trace: Trace;
};
