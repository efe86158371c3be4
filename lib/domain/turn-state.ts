// The turn row of a conversation. The validators are the type: a table adds its owner's fields to each of the three.
import { type Infer, v } from "convex/values";

/**
 * `token` only ever grows, and every end of a run raises it: a job or an action that holds an older one has nothing to say any
 * more. Times are epoch ms.
 */
export const idleTurn = v.object({ state: v.literal("idle"), token: v.number() });
export type IdleTurn = Infer<typeof idleTurn>;

const pending = {
  token: v.number(),
  /** Arrival of the first message that has no answer yet. */
  firstAt: v.number(),
  /** Runs dropped because more was said while they thought. */
  staleRuns: v.number(),
  /** Runs that ended without a word. */
  deaths: v.number(),
};

export const waitingTurn = v.object({ state: v.literal("waiting"), ...pending, dueAt: v.number() });
export type WaitingTurn = Infer<typeof waitingTurn>;

export const runningTurn = v.object({
  state: v.literal("running"),
  ...pending,
  leaseUntil: v.number(),
  /** What had been said when the run began; its snapshot covers at least this. */
  throughSeq: v.number(),
});
export type RunningTurn = Infer<typeof runningTurn>;

export type Turn = IdleTurn | WaitingTurn | RunningTurn;

/** Stands for the row that a new conversation does not have yet. */
export const NEW_TURN: IdleTurn = { state: "idle", token: 0 };

/** The part of a conversation that turns depend on. `lastInboundAt` is by our clock (arrival), not the provider's. */
export type Said = { inboundSeq: number; answeredSeq: number; revision: number; lastInboundAt: number };

/** The part of `PlaybookContent["pacing"]` that turns depend on. */
export type Pacing = { debounceMs: number; maxWaitMs: number; maxTurnsPerMinute: number };

/** To be scheduled in the transaction of the write: `begin` and `expire` are mutations, `think` is the action. */
export type TurnJob = { run: "begin" | "think" | "expire"; token: number; at: number };

/** A run that has not committed by then is taken for dead. Longer than an action with a slow model and its fallback. */
export const LEASE_MS = 120_000;
/** After this many stale runs the next one commits for what it read. */
export const MAX_STALE_RUNS = 2;
/** At this many deaths a person is asked to help. */
export const MAX_DEATHS = 3;
/** The loop guard counts turns in this window. */
export const LOOP_WINDOW_MS = 60_000;

/** Waits for quiet: `debounceMs` after `heardAt`, but at most `maxWaitMs` after the first message without an answer. */
export function quietAt(firstAt: number, heardAt: number, pacing: Pacing): number {
  return Math.min(firstAt + pacing.maxWaitMs, heardAt + pacing.debounceMs);
}

export function isUnanswered(said: Said): boolean {
  return said.inboundSeq > said.answeredSeq;
}

/** Every way out of a run or a wait: whoever still holds the old token is too late. */
export function toIdle(turn: Turn): IdleTurn {
  return { state: "idle", token: turn.token + 1 };
}

export function beginJob(turn: WaitingTurn): TurnJob {
  return { run: "begin", token: turn.token, at: turn.dueAt };
}
