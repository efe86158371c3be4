/**
 * A connection that only a person can bring back (its phone was logged out, its key is no longer known) has no use for requests.
 * What is queued waits without an attempt, and leaves in its order once the line is up; what waited too long is not said any more,
 * and people are told. Pure.
 */
import type { Delivery } from "./lane-state.ts";

/** `down` until a person acts; `gone` for good. */
export type Line = "up" | "down" | "gone";

export type ConnectionState =
  | "draft"
  | "pairing"
  | "connecting"
  | "connected"
  | "disconnected"
  | "action_needed"
  | "removed";

/** A line that comes back by itself, or may be back already, is tried: retries are bounded, and a state may be old news. */
const LINES: Readonly<Record<ConnectionState, Line>> = {
  draft: "down",
  pairing: "down",
  connecting: "up",
  connected: "up",
  disconnected: "up",
  action_needed: "down",
  removed: "gone",
};

export function lineOf(state: ConnectionState): Line {
  return LINES[state];
}

const HOUR_MS = 60 * 60_000;
/** From when a message was due. An answer of the agent is soon out of place; a person sees that theirs waits, and may take it back. */
const WAITS_MS = { agent: HOUR_MS, member: 24 * HOUR_MS, resend: 24 * HOUR_MS } as const;
/** A waiting lane looks again by itself, should nobody have told it that the line is back. */
export const LINE_RECHECK_MS = 15 * 60_000;

export type LineDecision =
  | { kind: "leave" }
  | { kind: "wait"; at: number }
  | { kind: "give_up"; error: "connection_down" | "connection_removed" };

/** What becomes of the oldest queued delivery, which is due. */
export function decideLine(
  line: Line,
  { origin, nextAttemptAt }: Pick<Delivery, "origin" | "nextAttemptAt">,
  now: number,
): LineDecision {
  if (line === "up") return { kind: "leave" };
  if (line === "gone") return { kind: "give_up", error: "connection_removed" };
  const givesUpAt = nextAttemptAt + WAITS_MS[origin];
  if (now >= givesUpAt) return { kind: "give_up", error: "connection_down" };
  return { kind: "wait", at: Math.min(givesUpAt, now + LINE_RECHECK_MS) };
}
