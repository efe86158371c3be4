// The deterministic heart: what the agent does next. Rules are tried in order of precedence; the first that applies decides.
// No rule reads the model's prose: only facts, intents and counters.
import type { Language } from "../domain/playbook-language.ts";
import { type ObjectionKind, type PlaybookContent, SPIN_STAGES } from "../domain/playbook.ts";
import type { KnownFact } from "../domain/qualification-facts.ts";
import { type QualificationState, timesAsked } from "../domain/qualification-state.ts";
import { failedRequirement, missingRequiredFacts, type Signal, type Spin } from "../domain/qualification.ts";
import { answerFor } from "./answers.ts";
import type { Gathered } from "./gather.ts";
import { CanonicalText } from "./offline/text.ts";
import { MEETING, MOST_ASKED, nextAsk } from "./questions.ts";
import type { Ask, Decision, HandoffReason, IntentKind, Move, Understanding } from "./types.ts";

/** Everything a decision rests on, as it is after this turn's facts; `state` holds the counters from before it. */
export type Situation = {
  playbook: PlaybookContent;
  contactName: string | undefined;
  gathered: Gathered;
  understanding: Understanding;
  facts: readonly KnownFact[];
  spin: Spin;
  score: number;
  signals: readonly Signal[];
  state: QualificationState;
  language: Language;
  isServed: boolean;
  /** The lead's latest turns told nothing, or the same again. */
  isStalled: boolean;
  /** The lead gave the agent orders or insults at some time. */
  wasUntrusted: boolean;
};

type Rule = (situation: Situation) => Decision | null;

const RULES: readonly Rule[] = [
  stayOver,
  optOut,
  handOff,
  stopAbuse,
  closeForStrangers,
  closeWhenRefused,
  askForText,
  closeWhenPostponed,
  answerQuestion,
  takeTime,
  closeWhenDeclined,
  closeWhenLeaving,
  handleObjection,
  closeWhenUnfit,
  closeWhenStalled,
  askForTime,
  askNext,
  wrapUp,
];

/** Always a move: the last rule applies to everything. */
export function decide(situation: Situation): Decision {
  for (const rule of RULES) {
    const decision = rule(situation);
    if (decision) return decision;
  }
  return { move: { kind: "stay_silent", reason: "conversation_over" }, why: ["nothing_applies"] };
}

/** The score is high enough and all that is required is known. */
export function isQualified(situation: Pick<Situation, "playbook" | "facts" | "score" | "contactName">): boolean {
  return situation.score >= situation.playbook.threshold && missingFacts(situation).length === 0;
}

function missingFacts(situation: Pick<Situation, "playbook" | "facts" | "contactName">): string[] {
  const missing = missingRequiredFacts(situation.playbook, situation.facts);
  return missing.filter((key) => key !== "name" || situation.contactName === undefined);
}

/** A goodbye has been said: "ok, thanks" needs no answer. Anything more opens the conversation again. */
function stayOver({ state, understanding }: Situation): Decision | null {
  const isOver = state.outcome === "disqualified" || state.outcome === "nurture";
  const isCourtesy = understanding.intents.every(({ kind }) => COURTESY.has(kind));
  if (!isOver || !isCourtesy || understanding.question || understanding.facts.length > 0) return null;
  return { move: { kind: "stay_silent", reason: "conversation_over" }, why: ["already_closed", state.outcome] };
}

const COURTESY: ReadonlySet<IntentKind> = new Set([
  "thanks",
  "affirms",
  "accepts_slot",
  "greets",
  "declines",
  "leaves",
  "postpones",
  "will_not_buy",
]);

function optOut({ understanding }: Situation): Decision | null {
  return has(understanding, "opts_out") ? { move: { kind: "confirm_opt_out" }, why: ["opts_out"] } : null;
}

function handOff(situation: Situation): Decision | null {
  const { understanding, playbook, gathered } = situation;
  const hand = (reason: HandoffReason, detail?: string): Decision => ({
    move: { kind: "hand_off", reason },
    why: detail === undefined ? [reason] : [reason, detail],
  });
  if (has(understanding, "asks_human") && !has(understanding, "postpones")) return hand("asked_for_person");
  if (has(understanding, "existing_customer")) return hand("existing_customer");
  const keyword = findKeyword(playbook.handoff.keywords, gathered);
  if (keyword !== null) return hand("playbook_keyword", keyword);
  return situation.isServed ? null : hand("language_not_served", understanding.language);
}

function findKeyword(keywords: readonly string[], gathered: Gathered): string | null {
  const said = gathered.fresh.map((message) => ` ${new CanonicalText(message.text ?? "").text} `).join("\n");
  return keywords.find((keyword) => said.includes(` ${new CanonicalText(keyword).text} `)) ?? null;
}

function stopAbuse({ understanding, state }: Situation): Decision | null {
  if (!has(understanding, "abusive")) return null;
  if (state.boundaries === 0) return { move: { kind: "set_boundary" }, why: ["abusive"] };
  return { move: { kind: "stay_silent", reason: "abuse" }, why: ["abusive", "boundary_was_set"] };
}

function closeForStrangers({ understanding }: Situation): Decision | null {
  if (!has(understanding, "not_a_lead")) return null;
  return { move: { kind: "close", outcome: "disqualified", reason: "not_a_lead" }, why: ["not_a_lead"] };
}

/** "I am not going to buy anything" leaves nothing to sell; a promise to come back in the same breath does. */
function closeWhenRefused({ understanding }: Situation): Decision | null {
  if (!has(understanding, "will_not_buy") || has(understanding, "postpones")) return null;
  return { move: { kind: "close", outcome: "disqualified", reason: "declined" }, why: ["will_not_buy"] };
}

/** A lead who says when to talk again is left in peace until then; a question that we can answer is answered first. */
function closeWhenPostponed({ understanding }: Situation): Decision | null {
  const isAsking = understanding.question !== null && understanding.question.topic !== "other";
  const hasTime = understanding.facts.some((fact) => fact.key === "preferredTime");
  if (!has(understanding, "postpones") || isAsking || hasTime || understanding.pendingReply === "answered") return null;
  return { move: { kind: "close", outcome: "nurture", reason: "no_time" }, why: ["postpones"] };
}

/** A goodbye is answered with one. */
function closeWhenLeaving({ understanding, wasUntrusted }: Situation): Decision | null {
  if (!has(understanding, "leaves") || understanding.pendingReply === "answered") return null;
  const outcome = wasUntrusted ? "disqualified" : "nurture";
  return { move: { kind: "close", outcome, reason: wasUntrusted ? "not_a_lead" : "no_time" }, why: ["leaves"] };
}

/** A talk that goes nowhere is ended kindly, or goes to a person when it had come far. */
function closeWhenStalled(situation: Situation): Decision | null {
  if (!situation.isStalled) return null;
  if (situation.wasUntrusted) {
    return { move: { kind: "close", outcome: "disqualified", reason: "not_a_lead" }, why: ["stalled", "untrusted"] };
  }
  const { move, why } = wrapUp(situation);
  return { move, why: ["stalled", ...why] };
}

/** A voice note beside a text that says something is let pass: the text is answered. */
function askForText({ gathered, understanding, state }: Situation): Decision | null {
  const media = gathered.unread.find((message) => message.kind !== "sticker");
  const isTextClear =
    understanding.facts.length > 0 || understanding.question !== null || understanding.pendingReply !== "none";
  if (!media || isTextClear) return null;
  if (state.unreadMedia >= 2)
    return { move: { kind: "hand_off", reason: "media_not_understood" }, why: ["media_not_understood"] };
  return { move: { kind: "ask_for_text", media: media.kind }, why: ["cannot_read", media.kind] };
}

function answerQuestion(situation: Situation): Decision | null {
  const { understanding, playbook, state, language } = situation;
  const question = understanding.question;
  if (!question || (question.topic === "other" && has(understanding, "asks_demo", "proposes_time"))) return null;
  const answer = answerFor(question, playbook, language);
  if (answer.source === "unknown" && state.unknownQuestions + 1 >= playbook.handoff.maxUnknownQuestions) {
    return {
      move: { kind: "hand_off", reason: "unanswered_questions" },
      why: ["no_answer_in_playbook", question.topic],
    };
  }
  return { move: { kind: "answer", answer, next: afterAnswer(situation) }, why: ["lead_asked", question.topic] };
}

function afterAnswer(situation: Situation): Ask | "meeting" | null {
  if (wantsMeeting(situation) && timesAsked(situation.state, MEETING) < MOST_ASKED) return MEETING;
  return nextAsk(situation);
}

/** There is no calendar yet: the time the lead would like goes to a person, who confirms it. */
function takeTime(situation: Situation): Decision | null {
  const { understanding, state } = situation;
  const time = understanding.facts.findLast((fact) => fact.key === "preferredTime");
  if (typeof time?.value === "string" && !has(understanding, "declines")) {
    return {
      move: { kind: "hand_off", reason: "meeting_requested", preferredTime: time.value },
      why: ["lead_named_a_time"],
    };
  }
  const isAccepting =
    has(understanding, "accepts_slot", "affirms") && !has(understanding, "declines") && !understanding.objection;
  if (state.pending !== MEETING || !isAccepting) return null;
  if (timesAsked(state, MEETING) < MOST_ASKED)
    return { move: { kind: "ask_for_time", attempt: 2 }, why: ["accepted_without_a_time"] };
  return { move: { kind: "hand_off", reason: "meeting_requested" }, why: ["accepted_without_a_time", "asked_twice"] };
}

function closeWhenDeclined(situation: Situation): Decision | null {
  const { understanding, state } = situation;
  if (!has(understanding, "declines") || understanding.pendingReply === "answered") return null;
  const objection = understanding.objection?.kind ?? state.objections.at(-1)?.kind;
  const isLater = objection !== undefined && AFTER_OBJECTION[objection] === "nurture";
  const outcome = isLater || situation.score >= situation.playbook.threshold ? "nurture" : "disqualified";
  return { move: { kind: "close", outcome, reason: objection ?? "declined" }, why: ["declines"] };
}

/** What becomes of a lead who holds on to an objection after it was answered. */
const AFTER_OBJECTION: Readonly<Record<ObjectionKind, "disqualified" | "nurture">> = {
  has_vendor: "nurture",
  no_budget: "disqualified",
  no_time: "nurture",
  must_think: "nurture",
  not_decision_maker: "nurture",
  too_expensive: "disqualified",
  no_need: "disqualified",
};
/** Objections that are the plain answer to a question we asked. */
const ANSWERED_BY: Readonly<Partial<Record<ObjectionKind, string>>> = {
  not_decision_maker: "decisionMaker",
  has_vendor: "currentSolution",
  no_time: "timeline",
};

function handleObjection(situation: Situation): Decision | null {
  const { understanding, state, playbook, language } = situation;
  const objection = understanding.objection?.kind;
  if (objection === undefined || (state.pending !== undefined && ANSWERED_BY[objection] === state.pending)) return null;
  if (state.objections.some((handled) => isSameObjection(handled.kind, objection))) {
    if (objection === "not_decision_maker") return null;
    return {
      move: { kind: "close", outcome: AFTER_OBJECTION[objection], reason: objection },
      why: ["objection_again", objection],
    };
  }
  const text = playbook.objections.find((answer) => answer.kind === objection)?.answer[language] ?? null;
  return { move: { kind: "handle_objection", objection, text, next: nextAsk(situation) }, why: ["objects", objection] };
}

/** "I have no time" and "let me think" are two ways to say "later". */
function isSameObjection(handled: ObjectionKind, objection: ObjectionKind): boolean {
  return (
    handled === objection ||
    (LATER.has(handled) && LATER.has(objection)) ||
    (MONEY.has(handled) && MONEY.has(objection))
  );
}

const LATER: ReadonlySet<ObjectionKind> = new Set(["no_time", "must_think"]);
const MONEY: ReadonlySet<ObjectionKind> = new Set(["no_budget", "too_expensive"]);

function closeWhenUnfit({ playbook, facts }: Situation): Decision | null {
  const failed = failedRequirement(playbook.criteria, facts);
  if (!failed) return null;
  return {
    move: { kind: "close", outcome: "disqualified", reason: failed.label },
    why: ["fails_requirement", failed.label],
  };
}

function askForTime(situation: Situation): Decision | null {
  if (!wantsMeeting(situation)) return null;
  const times = timesAsked(situation.state, MEETING);
  if (times >= MOST_ASKED)
    return { move: { kind: "hand_off", reason: "meeting_requested" }, why: ["asked_for_a_time_twice"] };
  const why = isQualified(situation) ? "qualified" : "asked_for_meeting";
  return { move: { kind: "ask_for_time", attempt: times === 0 ? 1 : 2 }, why: [why] };
}

/** A lead who asked for a meeting is hot and may skip stages; any other is asked for a time once nothing is open. */
function wantsMeeting(situation: Situation): boolean {
  const isAsked = has(situation.understanding, "asks_demo") || situation.state.pending === MEETING;
  const isDone = SPIN_STAGES.every((stage) => situation.spin[stage].state !== "open");
  return isAsked || (isDone && isQualified(situation));
}

function askNext(situation: Situation): Decision | null {
  const next = nextAsk(situation);
  return next ? { move: { kind: "ask", ask: next }, why: ["next_question", next.stage, next.goal] } : null;
}

function wrapUp(situation: Situation): Decision {
  const isPromising = situation.score >= situation.playbook.threshold;
  const missing = missingFacts(situation);
  const move: Move = isPromising
    ? { kind: "hand_off", reason: "facts_missing" }
    : { kind: "close", outcome: "nurture", reason: "score_below_threshold" };
  return { move, why: ["nothing_left_to_ask", ...missing] };
}

function has(understanding: Understanding, ...kinds: readonly IntentKind[]): boolean {
  return understanding.intents.some((intent) => kinds.includes(intent.kind));
}
