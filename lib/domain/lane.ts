/**
 * Messages leave one at a time and in order (I3, I4). Rules only: the caller loads the lane and its open deliveries, calls a rule, writes
 * what it says and schedules what it says, in one transaction. What comes of a request is in lane-outcome.ts.
 */
import { decideLine, type Line } from "./lane-line.ts";
import {
  type Delivery,
  type Lane,
  type LaneJob,
  MAX_ATTEMPTS,
  moveLane,
  SEND_LEASE_MS,
  SLOT_LIVES_MS,
  UNDO_MS,
} from "./lane-state.ts";
import { type Barrier, barrierToSend, type Gate } from "./turn-gate.ts";

/** `lane: null`: leave the lane's row as it is. */
export type Enqueued = { delivery: Delivery; lane: Lane | null; schedule: LaneJob[] };

export type Enqueue = { seq: number; origin: "agent" | "member"; fingerprint: string; now: number };

/** A new delivery row, for the transaction that writes its message. A person's message can be taken back for `UNDO_MS`. */
export function enqueue(lane: Lane, { seq, origin, fingerprint, now }: Enqueue): Enqueued {
  const nextAttemptAt = origin === "member" ? now + UNDO_MS : now;
  const delivery: Delivery = { seq, origin, state: "queued", token: 0, attempt: 0, nextAttemptAt, fingerprint };
  return { delivery, ...wake(lane, nextAttemptAt) };
}

export type NextDecision<D> =
  /** An older job, or a request is under way: write nothing, its outcome moves the lane. */
  | { kind: "ignore" }
  | { kind: "idle"; lane: Lane }
  | { kind: "wait"; lane: Lane; schedule: LaneJob[] }
  | { kind: "cancelled"; reason: Barrier; delivery: D; lane: Lane; schedule: LaneJob[] }
  /** The connection was away for too long, or is gone: also write a dead letter. */
  | { kind: "dead"; delivery: D; lane: Lane; schedule: LaneJob[] }
  | { kind: "send"; delivery: D; lane: Lane; schedule: LaneJob[] };

export type Next<D> = {
  token: number;
  /** At least each delivery that is `sending` or `unknown`, and the queued one with the lowest `seq`. */
  deliveries: readonly D[];
  now: number;
  gate: Gate;
  line: Line;
};

/**
 * The oldest delivery that is not final decides. When it has to wait, so does all behind it. A `send` still needs a slot of the
 * connection's limiter (`hasSlot`): when that lies ahead, write and schedule `postpone` instead.
 */
export function next<D extends Delivery>(lane: Lane, { token, deliveries, now, gate, line }: Next<D>): NextDecision<D> {
  if (lane.state !== "busy" || lane.token !== token) return { kind: "ignore" };
  if (deliveries.some(isUnderWay)) return { kind: "ignore" };
  const head = oldestQueued(deliveries);
  if (head === undefined) return { kind: "idle", lane: { state: "idle", token: token + 1, leaseUntil: now } };
  const barrier = head.origin === "agent" ? barrierToSend(gate) : null;
  if (barrier !== null) {
    return { kind: "cancelled", reason: barrier, delivery: { ...head, state: "cancelled" }, ...moveLane(lane, now) };
  }
  const dueAt = Math.max(head.nextAttemptAt, head.slotAt ?? 0);
  if (dueAt > now) return { kind: "wait", ...moveLane(lane, dueAt) };
  const decision = decideLine(line, head, now);
  if (decision.kind === "wait") return { kind: "wait", ...moveLane(lane, decision.at) };
  if (decision.kind === "give_up") {
    return { kind: "dead", delivery: { ...head, state: "dead", error: decision.error }, ...moveLane(lane, now) };
  }
  return startAttempt(lane, head, now);
}

/** Whether the limiter was asked for this one already, and lets it leave now. */
export function hasSlot({ slotAt }: Pick<Delivery, "slotAt">, now: number): boolean {
  return slotAt !== undefined && slotAt <= now && now - slotAt <= SLOT_LIVES_MS;
}

/** The connection's limiter gave a slot that lies ahead: nothing was attempted, so nothing is counted. */
export function postpone<D extends Delivery>(
  lane: Lane,
  delivery: D,
  slotAt: number,
): { delivery: D; lane: Lane; schedule: LaneJob[] } {
  return { delivery: { ...delivery, slotAt }, ...moveLane(lane, slotAt) };
}

/** What a busy lane waits for may have changed: it looks again now. */
export function lookAgain(lane: Lane, now: number): { lane: Lane | null; schedule: LaneJob[] } {
  return pass(lane, now);
}

export type CancelDecision<D> =
  | { kind: "refused"; reason: "under_way" | "final" | "may_have_arrived" }
  | { kind: "cancelled"; delivery: D; lane: Lane | null; schedule: LaneJob[] };

/** A person takes a message back: as long as it is queued. What may have arrived once cannot be called cancelled. */
export function cancel<D extends Delivery>(lane: Lane, delivery: D, now: number): CancelDecision<D> {
  if (isUnderWay(delivery)) return { kind: "refused", reason: "under_way" };
  if (delivery.state !== "queued") return { kind: "refused", reason: "final" };
  if (delivery.origin === "resend") return { kind: "refused", reason: "may_have_arrived" };
  return { kind: "cancelled", delivery: { ...delivery, state: "cancelled" }, ...pass(lane, now) };
}

/**
 * Part of silencing the agent: nothing of its own leaves any more. What is queued is cancelled; a request under way gets no second
 * one, or its retry would come out after the conversation was given back. A person's messages stay. Write all of `deliveries`.
 */
export function cancelAgentQueue<D extends Delivery>(
  lane: Lane,
  { open, now }: { open: readonly D[]; now: number },
): { deliveries: D[]; lane: Lane | null; schedule: LaneJob[] } {
  const own = open.filter(({ origin }) => origin === "agent");
  const cancelled = own.filter(({ state }) => state === "queued").map((row): D => ({ ...row, state: "cancelled" }));
  const lastTry = own.filter(({ state }) => state === "sending").map((row): D => ({ ...row, attempt: MAX_ATTEMPTS }));
  const moved = cancelled.length === 0 ? { lane: null, schedule: [] } : pass(lane, now);
  return { deliveries: [...cancelled, ...lastTry], ...moved };
}

export type ResendDecision<D> =
  | { kind: "refused"; reason: "still_checking" | "not_needed" }
  /** The one case in which the message's own state is set back to `queued` rather than raised. */
  | { kind: "queued"; delivery: D; lane: Lane | null; schedule: LaneJob[] };

/** A person decides to send again what failed or was not confirmed; nothing else ever repeats an unclear request. */
export function resend<D extends Delivery>(lane: Lane, delivery: D, now: number): ResendDecision<D> {
  if (delivery.state === "unknown") return { kind: "refused", reason: "still_checking" };
  if (delivery.state !== "unconfirmed" && delivery.state !== "dead") return { kind: "refused", reason: "not_needed" };
  const again: D = {
    ...delivery,
    ...(mayHaveArrived(delivery) ? doubted(delivery) : { origin: "member", attemptedAt: undefined }),
    state: "queued",
    attempt: 0,
    nextAttemptAt: now,
    error: undefined,
  };
  return { kind: "queued", delivery: again, ...wake(lane, now) };
}

/** Dead means that the newest request had no effect; the one before a `resend` may have had. */
function mayHaveArrived({ state, origin }: Delivery): boolean {
  return state === "unconfirmed" || origin === "resend";
}

function doubted({ doubtedSince, attemptedAt }: Delivery): Pick<Delivery, "origin" | "doubtedSince"> {
  return { origin: "resend", doubtedSince: doubtedSince ?? attemptedAt };
}

function isUnderWay({ state }: Delivery): boolean {
  return state === "sending" || state === "unknown";
}

function oldestQueued<D extends Delivery>(deliveries: readonly D[]): D | undefined {
  return deliveries.filter(({ state }) => state === "queued").toSorted((left, right) => left.seq - right.seq)[0];
}

function startAttempt<D extends Delivery>(lane: Lane, head: D, now: number): NextDecision<D> {
  const token = head.token + 1;
  const expiresAt = now + SEND_LEASE_MS;
  return {
    kind: "send",
    delivery: { ...head, state: "sending", token, attempt: head.attempt + 1, attemptedAt: now, slotAt: undefined },
    lane: { state: "busy", token: lane.token + 1, leaseUntil: expiresAt },
    schedule: [
      { run: "send", token, at: now },
      { run: "expireSend", token, at: expiresAt },
    ],
  };
}

/** A busy lane comes by itself. */
function wake(lane: Lane, at: number): { lane: Lane | null; schedule: LaneJob[] } {
  return lane.state === "busy" ? { lane: null, schedule: [] } : moveLane(lane, at);
}

/** The lane may have been waiting for what is gone now. A `next` during a request changes nothing. */
function pass(lane: Lane, now: number): { lane: Lane | null; schedule: LaneJob[] } {
  if (lane.state === "idle") return { lane: null, schedule: [] };
  const moved = moveLane(lane, now);
  return { ...moved, lane: { ...moved.lane, leaseUntil: Math.max(lane.leaseUntil, now) } };
}
