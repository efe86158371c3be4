// What a turn leaves behind: counters, signals, progress, score and outcome. One function before the decision, one after.
import type { ObjectionKind } from "../domain/playbook.ts";
import type { KnownFact } from "../domain/qualification-facts.ts";
import type { QualificationState } from "../domain/qualification-state.ts";
import { addSignals, type Outcome, progressSpin, scoreLead, type SignalKind } from "../domain/qualification.ts";
import { SOON } from "./offline/facts-business.ts";
import { fold } from "./offline/text.ts";
import { isQualified, type Situation } from "./policy.ts";
import { exhaustedStages, MEETING, MOST_ASKED, situationKeys } from "./questions.ts";
import type { Ask, IntentKind, Move, TurnInput, Understanding } from "./types.ts";

const SIGNAL_OF_INTENT: Readonly<Partial<Record<IntentKind, SignalKind>>> = {
  asks_price: "asked_price",
  asks_demo: "asked_demo",
  proposes_time: "proposed_time",
};

type Evaluated = Pick<QualificationState, "spin" | "score" | "reasons" | "signals" | "asked">;

/** SPIN, signals and score with what this turn brought: what the policy decides on. */
export function evaluate(turn: {
  input: TurnInput;
  understanding: Understanding;
  facts: readonly KnownFact[];
  language: Situation["language"];
}): Evaluated {
  const { input, understanding, facts } = turn;
  const asked = withReply(input.state, understanding);
  const { playbook, contactName } = input;
  const exhausted = exhaustedStages({
    playbook,
    facts,
    contactName,
    language: turn.language,
    state: { asked, pending: undefined },
  });
  const spin = progressSpin({
    spin: input.state.spin,
    facts,
    read: understanding.spinEvidence.map(({ stage, messageId, quote }) => ({ stage, evidence: { messageId, quote } })),
    situationKeys: situationKeys(playbook),
    exhausted,
  });
  const signals = addSignals(input.state.signals, signalsIn(understanding));
  return { spin, signals, asked, ...scoreLead({ facts, spin, signals, criteria: playbook.criteria }) };
}

/** The state to store once `move` is made. */
export function settle(situation: Situation, move: Move): QualificationState {
  const { state, understanding, spin, score, signals } = situation;
  const goal = goalOf(move);
  const { outcome, outcomeReason } = outcomeOf(situation, move);
  return {
    ...state,
    spin,
    score,
    signals: [...signals],
    outcome,
    outcomeReason,
    asked: goal === null ? state.asked : count(state.asked, goal),
    pending: goal ?? (STANDS_ASIDE.has(move.kind) ? state.pending : undefined),
    objections: move.kind === "handle_objection" ? countObjection(state.objections, move.objection) : state.objections,
    unknownQuestions: state.unknownQuestions + (isUnknown(move) ? 1 : 0),
    unreadMedia: state.unreadMedia + (move.kind === "ask_for_text" ? 1 : 0),
    boundaries: state.boundaries + (move.kind === "set_boundary" ? 1 : 0),
    language: understanding.language === "other" ? state.language : understanding.language,
  };
}

/** After these the lead still owes the answer to what was asked before. */
const STANDS_ASIDE: ReadonlySet<Move["kind"]> = new Set(["ask_for_text", "set_boundary"]);

/** The goal that the move's question is about. */
function goalOf(move: Move): string | null {
  switch (move.kind) {
    case "ask":
      return move.ask.goal;
    case "ask_for_time":
      return MEETING;
    case "answer":
    case "handle_objection":
      return goalAfter(move.next);
    default:
      return null;
  }
}

function goalAfter(next: Ask | typeof MEETING | null): string | null {
  return next === null || next === MEETING ? next : next.goal;
}

/** A question that got any reply is done with: an answer, "I would rather not say" and what was not understood alike. */
function withReply(state: QualificationState, understanding: Understanding): QualificationState["asked"] {
  const goal = state.pending;
  if (understanding.pendingReply === "none" || goal === undefined) return state.asked;
  return [...state.asked.filter((entry) => entry.goal !== goal), { goal, times: MOST_ASKED }];
}

function signalsIn(understanding: Understanding) {
  const intents = understanding.intents.flatMap(({ kind, messageId, quote }) => {
    const signal = SIGNAL_OF_INTENT[kind];
    return signal === undefined ? [] : [{ kind: signal, evidence: { messageId, quote } }];
  });
  const timeline = understanding.facts.find((fact) => fact.key === "timeline" && SOON.test(fold(fact.quote)));
  const soon = timeline
    ? [{ kind: "soon" as const, evidence: { messageId: timeline.messageId, quote: timeline.quote } }]
    : [];
  const first = understanding.facts[0];
  const isAnswer = understanding.pendingReply === "answered" && first !== undefined;
  const answered = isAnswer
    ? [{ kind: "answered" as const, evidence: { messageId: first.messageId, quote: first.quote } }]
    : [];
  return [...intents, ...soon, ...answered];
}

function outcomeOf(situation: Situation, move: Move): { outcome: Outcome; outcomeReason?: string } {
  const { state } = situation;
  switch (move.kind) {
    case "confirm_opt_out":
      return { outcome: "opted_out", outcomeReason: "opts_out" };
    case "close":
      return { outcome: move.outcome, outcomeReason: move.reason };
    case "hand_off": {
      const isWon = move.reason === "meeting_requested" && isQualified(situation);
      return { outcome: isWon ? "qualified" : "handed_off", outcomeReason: move.reason };
    }
    case "stay_silent":
      return move.reason === "abuse"
        ? { outcome: "disqualified", outcomeReason: "abuse" }
        : { outcome: state.outcome, outcomeReason: state.outcomeReason };
    default:
      return isQualified(situation) ? { outcome: "qualified", outcomeReason: "score_reached" } : { outcome: "open" };
  }
}

function isUnknown(move: Move): boolean {
  if (move.kind === "hand_off") return move.reason === "unanswered_questions";
  return move.kind === "answer" && move.answer.source === "unknown";
}

function count(asked: QualificationState["asked"], goal: string): QualificationState["asked"] {
  const known = asked.some((entry) => entry.goal === goal);
  if (!known) return [...asked, { goal, times: 1 }];
  return asked.map((entry) => (entry.goal === goal ? { goal, times: Math.min(MOST_ASKED, entry.times + 1) } : entry));
}

function countObjection(
  objections: QualificationState["objections"],
  kind: ObjectionKind,
): QualificationState["objections"] {
  const known = objections.some((entry) => entry.kind === kind);
  if (!known) return [...objections, { kind, times: 1 }];
  return objections.map((entry) => (entry.kind === kind ? { kind, times: entry.times + 1 } : entry));
}
