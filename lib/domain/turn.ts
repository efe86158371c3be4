/**
 * When the agent gets a turn, and when it loses it (I6). A run itself is in turn-run.ts. Rules only: the caller loads the rows,
 * calls a rule, writes what it says and schedules what it says, in one transaction.
 */
import { barrierToThink, type Gate } from "./turn-gate.ts";
import {
  beginJob,
  type IdleTurn,
  isUnanswered,
  type Pacing,
  quietAt,
  type Said,
  toIdle,
  type Turn,
  type TurnJob,
  type WaitingTurn,
} from "./turn-state.ts";

/** `keep`: write nothing. The message of an `ask` that is kept is in a run's sight already, or not the agent's to answer. */
export type AskDecision = { kind: "keep" } | { kind: "wait"; turn: WaitingTurn; schedule: TurnJob[] };

type Asking = { now: number; gate: Gate; pacing: Pacing };

/**
 * The contact said something. Called in the transaction that stores it. While a turn waits, its `begin` is not scheduled again: it
 * finds that the time has moved and goes back to sleep, so that a burst costs one job and not one for each message.
 */
export function askForTurn(turn: Turn, { now, gate, pacing }: Asking): AskDecision {
  if (turn.state === "running" || barrierToThink(gate) !== null) return { kind: "keep" };
  if (turn.state === "idle") return startWaiting(turn, { firstAt: now, dueAt: quietAt(now, now, pacing) });
  const moved: WaitingTurn = { ...bare(turn), dueAt: quietAt(turn.firstAt, now, pacing) };
  const hasJobInTime = turn.dueAt > now && turn.dueAt <= moved.dueAt;
  return { kind: "wait", turn: moved, schedule: hasJobInTime ? [] : [beginJob(moved)] };
}

/** The contact is typing: a waiting turn waits a little longer, never past its longest wait. */
export function extendTurn(turn: Turn, { now, pacing }: { now: number; pacing: Pacing }): AskDecision {
  if (turn.state !== "waiting" || turn.dueAt <= now) return { kind: "keep" };
  const dueAt = quietAt(turn.firstAt, now, pacing);
  if (dueAt <= turn.dueAt) return { kind: "keep" };
  return { kind: "wait", turn: { ...bare(turn), dueAt }, schedule: [] };
}

/** The agent may speak again: given back, switched on, level raised. What was said meanwhile gets its turn. */
export function resumeTurn(turn: Turn, { now, gate, pacing, said }: Asking & { said: Said }): AskDecision {
  if (turn.state !== "idle" || !isUnanswered(said) || barrierToThink(gate) !== null) return { kind: "keep" };
  const firstAt = Math.min(now, said.lastInboundAt);
  return startWaiting(turn, { firstAt, dueAt: Math.max(now, quietAt(firstAt, firstAt, pacing)) });
}

export type SilenceDecision = {
  kind: "silence";
  turn: IdleTurn;
  /** To write on the conversation: a person's reply answers all that came before it, a mere take-over does not. */
  answeredSeq: number;
};

/**
 * A person took over or wrote, here or on the phone. The token is void from now on, so that neither a run under way nor one
 * that was given back later can let an old answer through. Cancel the agent's queue (`cancelAgentQueue`) in the same transaction.
 */
export function silenceTurn(
  turn: Turn,
  { said, cause }: { said: Said; cause: "took_over" | "replied" },
): SilenceDecision {
  const answeredSeq = cause === "replied" ? said.inboundSeq : said.answeredSeq;
  return { kind: "silence", turn: toIdle(turn), answeredSeq };
}

export type SweepDecision = AskDecision | { kind: "nudge"; schedule: TurnJob[] };

/** How late a job may be before the sweeper takes it for lost. */
export const SWEEP_GRACE_MS = 30_000;

/**
 * What to do with a row that a bug or a limit left behind: the job that should have moved it is scheduled once more. A job that
 * was only late changes nothing by then. Never moves the row itself, but for a message that no turn knows of.
 */
export function sweepTurn(turn: Turn, facts: Asking & { said: Said }): SweepDecision {
  const lateSince = facts.now - SWEEP_GRACE_MS;
  switch (turn.state) {
    case "idle":
      return facts.said.lastInboundAt <= lateSince ? resumeTurn(turn, facts) : { kind: "keep" };
    case "waiting":
      if (turn.dueAt > lateSince) return { kind: "keep" };
      return { kind: "nudge", schedule: [{ run: "begin", token: turn.token, at: facts.now }] };
    case "running":
      if (turn.leaseUntil > lateSince) return { kind: "keep" };
      return { kind: "nudge", schedule: [{ run: "expire", token: turn.token, at: facts.now }] };
  }
}

function startWaiting(turn: IdleTurn, times: { firstAt: number; dueAt: number }): AskDecision {
  const waiting: WaitingTurn = { state: "waiting", token: turn.token + 1, ...times, staleRuns: 0, deaths: 0 };
  return { kind: "wait", turn: waiting, schedule: [beginJob(waiting)] };
}

/** Only the turn's own fields: the argument may be a whole row. */
function bare({ token, firstAt, staleRuns, deaths, dueAt }: WaitingTurn): WaitingTurn {
  return { state: "waiting", token, firstAt, staleRuns, deaths, dueAt };
}
