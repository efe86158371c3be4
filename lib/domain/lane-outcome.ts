/**
 * What becomes of a request that was made (I3). One thing moves the lane on from each state: the answer or `expireSend` from
 * `sending`, the chain of `reconcile` from `unknown`, so that late news can never send anything.
 */
import { backoffMs } from "./backoff.ts";
import {
  CONFIRM_MS,
  type Delivery,
  type Lane,
  type LaneJob,
  LOOK_UP_BACKOFF,
  LOOK_UP_MS,
  MAX_ATTEMPTS,
  moveLane,
  SEND_BACKOFF,
  SEND_START_MS,
} from "./lane-state.ts";

/** The classes of connector errors as values. What is none of them is a bug after which the request may have left: ambiguous. */
export type SendFailure =
  | { class: "rate_limited"; retryAfterMs: number }
  | { class: "auth_expired" }
  | { class: "rejected"; reason: string }
  | { class: "unreachable"; ambiguous: boolean };

export type SendResult = { kind: "sent"; externalId: string } | { kind: "failed"; failure: SendFailure };

/**
 * Each one but `ignore` has the delivery to write; `lane: null` leaves the lane's row as it is. `disowned` is an external id that an
 * echo had given to this message and the answer takes back: that echo was a person on the phone, to be stored and obeyed as one.
 */
export type OutcomeDecision<D> = { kind: "ignore" } | ({ kind: OutcomeKind; disowned?: string } & Outcome<D>);
export type OutcomeKind = "sent" | "retry" | "parked" | "dead" | "unknown";
type Outcome<D> = { delivery: D; lane: Lane | null; schedule: LaneJob[] };

/**
 * Asked by the action `send` before it calls the connector: a late start (a restart, a full queue) must not make a request that the
 * lane no longer waits for. When false, it reports `NOT_SENT`.
 */
export function canStillSend(delivery: Delivery, { token, now }: { token: number; now: number }): boolean {
  const isCurrent = delivery.state === "sending" && delivery.token === token;
  return isCurrent && now < (delivery.attemptedAt ?? 0) + SEND_START_MS;
}

/** No request was made. */
export const NOT_SENT: SendResult = { kind: "failed", failure: { class: "unreachable", ambiguous: false } };

export type Settling = { token: number; result: SendResult; now: number; jitter: number };

/** What `send` reports, at once or late. A `dead` also writes a dead letter; after a `parked` the connection needs a person. */
export function settleSend<D extends Delivery>(lane: Lane, delivery: D, facts: Settling): OutcomeDecision<D> {
  if (delivery.token !== facts.token) return { kind: "ignore" };
  if (facts.result.kind === "sent")
    return acceptAnswer(lane, delivery, { ...facts, externalId: facts.result.externalId });
  const { failure } = facts.result;
  const isAmbiguous = failure.class === "unreachable" && failure.ambiguous;
  if (delivery.state === "sending") {
    return isAmbiguous ? doubt(lane, delivery, facts.now) : refuse(lane, delivery, { ...facts, failure });
  }
  const isInDoubt = delivery.state === "unknown" || delivery.state === "unconfirmed";
  return isInDoubt && !isAmbiguous
    ? { kind: "dead", ...bury(delivery, failure), lane: null, schedule: [] }
    : { kind: "ignore" };
}

/** No answer in time: the request may have arrived. */
export function expireSend<D extends Delivery>(
  lane: Lane,
  delivery: D,
  { token, now }: { token: number; now: number },
): OutcomeDecision<D> {
  if (delivery.state !== "sending" || delivery.token !== token) return { kind: "ignore" };
  return doubt(lane, delivery, now);
}

export type ReconcileDecision<D> =
  | { kind: "ignore" }
  /** Proof came since the last look: the lane goes on. */
  | { kind: "settled"; lane: Lane; schedule: LaneJob[] }
  /** The mutation schedules its own successor, since the action that looks may die. */
  | { kind: "look_up"; schedule: LaneJob[] }
  | { kind: "unconfirmed"; delivery: D; lane: Lane; schedule: LaneJob[] };

export type Reconciling = { token: number; now: number; jitter: number };

/** Looks again and again until `confirmBy`. */
export function reconcile<D extends Delivery>(lane: Lane, delivery: D, facts: Reconciling): ReconcileDecision<D> {
  const { token, now, jitter } = facts;
  if (delivery.token !== token) return { kind: "ignore" };
  if (delivery.state === "sent" || delivery.state === "dead") return { kind: "settled", ...moveLane(lane, now) };
  if (delivery.state !== "unknown" || delivery.confirmBy === undefined) return { kind: "ignore" };
  if (now >= delivery.confirmBy) {
    return {
      kind: "unconfirmed",
      delivery: { ...delivery, state: "unconfirmed", confirmBy: undefined },
      ...moveLane(lane, now),
    };
  }
  return { kind: "look_up", schedule: lookJobs({ delivery, token, now, jitter, confirmBy: delivery.confirmBy }) };
}

/**
 * Proof that the newest request arrived, from an echo or a look-up: what was in doubt is sent. While the request is under way the id is
 * only noted, for its answer may know better. Moves no lane: `unknown` is left by the next `reconcile`.
 */
export function confirmDelivery<D extends Delivery>(delivery: D, externalId: string): D {
  if (delivery.state === "sending") return { ...delivery, externalId };
  return { ...delivery, state: "sent", externalId, confirmBy: undefined, error: undefined };
}

function acceptAnswer<D extends Delivery>(
  lane: Lane,
  delivery: D,
  { externalId, now }: { externalId: string; now: number },
): OutcomeDecision<D> {
  if (delivery.state === "cancelled") return { kind: "ignore" };
  if (delivery.state === "sent" && delivery.externalId === externalId) return { kind: "ignore" };
  const disowned = delivery.externalId === externalId ? undefined : delivery.externalId;
  const sent: D = { ...delivery, state: "sent", externalId, confirmBy: undefined, error: undefined };
  const moved = delivery.state === "sending" ? moveLane(lane, now) : { lane: null, schedule: [] };
  return { kind: "sent", disowned, delivery: sent, ...moved };
}

/** An echo that came already is as good as an answer. */
function doubt<D extends Delivery>(lane: Lane, delivery: D, now: number): OutcomeDecision<D> {
  if (delivery.externalId !== undefined) {
    return { kind: "sent", delivery: { ...delivery, state: "sent" }, ...moveLane(lane, now) };
  }
  const confirmBy = Math.max((delivery.attemptedAt ?? now) + CONFIRM_MS, now + LOOK_UP_MS);
  return {
    kind: "unknown",
    delivery: { ...delivery, state: "unknown", confirmBy },
    lane: { ...pickLane(lane), leaseUntil: confirmBy },
    schedule: [{ run: "reconcile", token: delivery.token, at: now }],
  };
}

/** The provider certainly did nothing. */
function refuse<D extends Delivery>(
  lane: Lane,
  delivery: D,
  { failure, now, jitter }: { failure: SendFailure; now: number; jitter: number },
): OutcomeDecision<D> {
  if (failure.class === "auth_expired" && delivery.attempt < MAX_ATTEMPTS) return park(lane, delivery, now);
  const waitMs = retryWaitMs(failure, delivery.attempt, jitter);
  if (waitMs === null) return { kind: "dead", ...bury(delivery, failure), ...moveLane(lane, now) };
  const nextAttemptAt = now + waitMs;
  const retry: D = { ...delivery, state: "queued", nextAttemptAt, externalId: undefined, error: describe(failure) };
  return { kind: "retry", disowned: delivery.externalId, delivery: retry, ...moveLane(lane, nextAttemptAt) };
}

/**
 * The account does not let us in, whatever the message: it was no attempt of this one, which waits with all the others until a person
 * has connected the account again. How long it has been due stays, and so when it is given up.
 */
function park<D extends Delivery>(lane: Lane, delivery: D, now: number): OutcomeDecision<D> {
  const waiting: D = {
    ...delivery,
    state: "queued",
    attempt: delivery.attempt - 1,
    externalId: undefined,
    error: "auth_expired",
  };
  return { kind: "parked", disowned: delivery.externalId, delivery: waiting, ...moveLane(lane, now) };
}

/** Null: no use in trying again. */
function retryWaitMs(failure: SendFailure, attempt: number, jitter: number): number | null {
  if (failure.class === "auth_expired" || failure.class === "rejected" || attempt >= MAX_ATTEMPTS) return null;
  const waitMs = backoffMs(SEND_BACKOFF, attempt, jitter);
  return failure.class === "rate_limited" ? Math.max(failure.retryAfterMs, waitMs) : waitMs;
}

function bury<D extends Delivery>(delivery: D, failure: SendFailure): { delivery: D; disowned: string | undefined } {
  const error = describe(failure);
  const dead: D = { ...delivery, state: "dead", externalId: undefined, confirmBy: undefined, error };
  return { delivery: dead, disowned: delivery.externalId };
}

function describe(failure: SendFailure): string {
  return failure.class === "rejected" ? failure.reason : failure.class;
}

/** Only the lane's own fields: the argument may be a whole row. */
function pickLane({ state, token, leaseUntil }: Lane): Lane {
  return { state, token, leaseUntil };
}

function lookJobs(look: {
  delivery: Delivery;
  token: number;
  now: number;
  jitter: number;
  confirmBy: number;
}): LaneJob[] {
  const { delivery, token, now, jitter, confirmBy } = look;
  const looked = Math.max(0, now - (delivery.attemptedAt ?? now));
  const attempt = 1 + Math.floor(Math.log2(1 + looked / LOOK_UP_BACKOFF.baseMs));
  const again = Math.min(confirmBy, now + backoffMs(LOOK_UP_BACKOFF, attempt, jitter));
  return [
    { run: "lookUp", token, at: now },
    { run: "reconcile", token, at: again },
  ];
}
