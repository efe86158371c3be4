/**
 * One run of the agent, from `begin` over `think` to `commit` or `expire` (I6). At most one run holds the row's token; whoever comes
 * with another one is told to do nothing.
 */
import { type Barrier, barrierToThink, type Gate } from "./turn-gate.ts";
import {
  beginJob,
  type IdleTurn,
  isUnanswered,
  LEASE_MS,
  MAX_DEATHS,
  MAX_STALE_RUNS,
  type Pacing,
  quietAt,
  type RunningTurn,
  type Said,
  toIdle,
  type Turn,
  type TurnJob,
  type WaitingTurn,
} from "./turn-state.ts";

/** Another run, or nobody, holds the row: write nothing. */
type Ignore = { kind: "ignore" };
type Dropped = { kind: "dropped"; reason: Barrier | "nothing_new"; turn: IdleTurn };

export type BeginDecision =
  | Ignore
  | { kind: "not_yet"; schedule: TurnJob[] }
  | Dropped
  /** Two machines are talking: the caller takes the agent out of the conversation, with this reason. */
  | { kind: "paused"; reason: "too_many_turns"; turn: IdleTurn }
  | { kind: "running"; turn: RunningTurn; schedule: TurnJob[] };

export type Beginning = {
  token: number;
  now: number;
  gate: Gate;
  said: Said;
  pacing: Pacing;
  /** Runs of this conversation that spoke within the last `LOOP_WINDOW_MS`. */
  recentTurns: number;
};

/** The wait is over, or has moved. */
export function beginTurn(turn: Turn, facts: Beginning): BeginDecision {
  if (turn.state !== "waiting" || turn.token !== facts.token) return { kind: "ignore" };
  const barrier = barrierToThink(facts.gate);
  if (barrier !== null) return { kind: "dropped", reason: barrier, turn: toIdle(turn) };
  if (!isUnanswered(facts.said)) return { kind: "dropped", reason: "nothing_new", turn: toIdle(turn) };
  if (turn.dueAt > facts.now) return { kind: "not_yet", schedule: [beginJob(turn)] };
  if (facts.recentTurns >= facts.pacing.maxTurnsPerMinute) {
    return { kind: "paused", reason: "too_many_turns", turn: toIdle(turn) };
  }
  return startRun(turn, facts);
}

export type CommitDecision =
  | Ignore
  | Dropped
  /** More was said, or changed: the result is thrown away, and a run that reads all of it follows. */
  | { kind: "stale"; turn: WaitingTurn; schedule: TurnJob[] }
  /** Write the result, and `answeredSeq` on the conversation. The turn waits again when more was said since. */
  | { kind: "committed"; turn: IdleTurn | WaitingTurn; answeredSeq: number; schedule: TurnJob[] };

/**
 * What the run wants to happen after it. `listen`: go on. `leave`: it takes the agent out of the conversation (hand-off, pause), and
 * the caller writes that in the same transaction. `resume`: it said nothing and asks for the same turn at `at`.
 */
export type Afterwards = { kind: "listen" } | { kind: "leave" } | { kind: "resume"; at: number };

export type Committing = {
  token: number;
  now: number;
  gate: Gate;
  pacing: Pacing;
  /** The conversation as it is now. */
  said: Said;
  /** The conversation as the run read it. */
  read: { throughSeq: number; revision: number };
  afterwards: Afterwards;
};

/** The run has a result. */
export function commitTurn(turn: Turn, facts: Committing): CommitDecision {
  const { said, read } = facts;
  if (turn.state !== "running" || turn.token !== facts.token) return { kind: "ignore" };
  if (read.throughSeq < turn.throughSeq) return { kind: "ignore" };
  const barrier = barrierToThink(facts.gate);
  if (barrier !== null) return { kind: "dropped", reason: barrier, turn: toIdle(turn) };
  const isFresh = read.throughSeq === said.inboundSeq && read.revision === said.revision;
  if (!isFresh && turn.staleRuns < MAX_STALE_RUNS) return dropStale(turn, facts);
  return accept(turn, facts);
}

export type ExpireDecision =
  | Ignore
  | Dropped
  | { kind: "again"; turn: WaitingTurn; schedule: TurnJob[] }
  /** The caller hands the conversation to a person, with this reason. */
  | { kind: "handed_off"; reason: "agent_failed"; turn: IdleTurn };

/** The lease ran out: the action died. It has sent nothing, since sending needs the commit. */
export function expireTurn(turn: Turn, facts: { token: number; now: number; gate: Gate }): ExpireDecision {
  if (turn.state !== "running" || turn.token !== facts.token) return { kind: "ignore" };
  const barrier = barrierToThink(facts.gate);
  if (barrier !== null) return { kind: "dropped", reason: barrier, turn: toIdle(turn) };
  const deaths = turn.deaths + 1;
  if (deaths >= MAX_DEATHS) return { kind: "handed_off", reason: "agent_failed", turn: toIdle(turn) };
  return { kind: "again", ...waitAgain({ ...turn, deaths }, facts.now) };
}

function startRun(turn: WaitingTurn, { now, said }: Beginning): BeginDecision {
  const { token, firstAt, staleRuns, deaths } = turn;
  const leaseUntil = now + LEASE_MS;
  return {
    kind: "running",
    turn: { state: "running", token, firstAt, staleRuns, deaths, leaseUntil, throughSeq: said.inboundSeq },
    schedule: [
      { run: "think", token, at: now },
      { run: "expire", token, at: leaseUntil },
    ],
  };
}

/** The contact may still be writing, so the next run waits for quiet too; the longest wait counts from the first message. */
function dropStale(turn: RunningTurn, { now, said, pacing }: Committing): CommitDecision {
  const dueAt = Math.max(now, quietAt(turn.firstAt, said.lastInboundAt, pacing));
  return { kind: "stale", ...waitAgain({ ...turn, staleRuns: turn.staleRuns + 1 }, dueAt) };
}

function accept(turn: RunningTurn, { now, said, read, pacing, afterwards }: Committing): CommitDecision {
  const fresh = { token: turn.token, staleRuns: 0, deaths: 0 };
  if (afterwards.kind === "resume") {
    const next = waitAgain({ ...fresh, firstAt: turn.firstAt }, Math.max(now, afterwards.at));
    return { kind: "committed", answeredSeq: said.answeredSeq, ...next };
  }
  const answeredSeq = Math.max(said.answeredSeq, read.throughSeq);
  if (afterwards.kind === "leave" || said.inboundSeq <= answeredSeq) {
    return { kind: "committed", answeredSeq, turn: toIdle(turn), schedule: [] };
  }
  const firstAt = Math.min(now, said.lastInboundAt);
  const next = waitAgain({ ...fresh, firstAt }, Math.max(now, quietAt(firstAt, firstAt, pacing)));
  return { kind: "committed", answeredSeq, ...next };
}

type Held = { token: number; firstAt: number; staleRuns: number; deaths: number };

/** The run that held the row is over: the wait after it has a token of its own. */
function waitAgain(held: Held, dueAt: number): { turn: WaitingTurn; schedule: TurnJob[] } {
  const { firstAt, staleRuns, deaths } = held;
  const turn: WaitingTurn = { state: "waiting", token: held.token + 1, firstAt, staleRuns, deaths, dueAt };
  return { turn, schedule: [beginJob(turn)] };
}
