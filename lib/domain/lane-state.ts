// The rows of outbound delivery: one lane per conversation, one delivery per message. The validators are the type.
import { type Infer, v } from "convex/values";
import type { Backoff } from "./backoff.ts";
import type { DeliveryState as MessageState } from "./delivery-state.ts";

/**
 * `busy`: a job will move the lane, or a request is under way. `token` only grows, and only the `next` that holds it may act; so there
 * is never more than one. `leaseUntil` (epoch ms): when the lane should have moved by itself; the sweeper looks at it later.
 */
export const laneFields = {
  state: v.union(v.literal("idle"), v.literal("busy")),
  token: v.number(),
  leaseUntil: v.number(),
};

/**
 * `unknown`: the request may have arrived, and is being looked up; the lane waits. `unconfirmed`: nobody could tell in time; the
 * lane goes on, and late proof still settles it. `dead`: refused, or given up.
 */
const deliveryState = v.union(
  v.literal("queued"),
  v.literal("sending"),
  v.literal("unknown"),
  v.literal("unconfirmed"),
  v.literal("sent"),
  v.literal("dead"),
  v.literal("cancelled"),
);

export const deliveryFields = {
  /** The message's `seq`: the order in which a conversation's messages leave. */
  seq: v.number(),
  /** Who wants it to leave. `resend`: a person, knowing that an earlier request may have arrived. */
  origin: v.union(v.literal("agent"), v.literal("member"), v.literal("resend")),
  state: deliveryState,
  /** Raised by every request: what comes back from another one is of no interest. */
  token: v.number(),
  /** Requests since it was queued, or since a person sent it again. */
  attempt: v.number(),
  nextAttemptAt: v.number(),
  /** When the connection's limiter lets it leave; used up by the attempt. */
  slotAt: v.optional(v.number()),
  /** Of the words as rendered, to know their echo. */
  fingerprint: v.string(),
  /** Start of the newest request. */
  attemptedAt: v.optional(v.number()),
  /** Of a `resend`: start of the oldest request that may have arrived. */
  doubtedSince: v.optional(v.number()),
  /** Only while `unknown`: when we stop looking. */
  confirmBy: v.optional(v.number()),
  externalId: v.optional(v.string()),
  error: v.optional(v.string()),
};

const lane = v.object(laneFields);
const delivery = v.object(deliveryFields);
export type Lane = Infer<typeof lane>;
export type Delivery = Infer<typeof delivery>;

/** Stands for the row that a new conversation does not have yet. */
export const NEW_LANE: Lane = { state: "idle", token: 0, leaseUntil: 0 };

/** Mutations by the lane's token (`next`) or the delivery's (`expireSend`, `reconcile`); `send` and `lookUp` are actions. */
export type LaneJob = { run: "next" | "send" | "expireSend" | "reconcile" | "lookUp"; token: number; at: number };

/** How long a person may take a message back. */
export const UNDO_MS = 5_000;
/** An action that starts later than this after `next` makes no request any more. */
export const SEND_START_MS = 8_000;
/** `SEND_START_MS` and the longest time-out of a connector: by then the request is over, or its action is gone. */
export const SEND_LEASE_MS = 30_000;
/** An unclear request is shown as "not confirmed" this long after it began. */
export const CONFIRM_MS = 60_000;
/** But is looked up for at least this long, also when it was found hours later. */
export const LOOK_UP_MS = 10_000;
/** A slot that was not used by then is lost: what waited for its line must not leave all at once. */
export const SLOT_LIVES_MS = 10_000;
/** Requests that had no effect, before a delivery is dead: about three minutes. */
export const MAX_ATTEMPTS = 8;
export const SEND_BACKOFF: Backoff = { baseMs: 2_000, factor: 2, capMs: 60_000 };
export const LOOK_UP_BACKOFF: Backoff = { baseMs: 2_000, factor: 2, capMs: 15_000 };

const MESSAGE_STATES: Readonly<Record<Delivery["state"], MessageState>> = {
  queued: "queued",
  sending: "sending",
  unknown: "sending",
  unconfirmed: "unknown",
  sent: "sent",
  dead: "failed",
  cancelled: "cancelled",
};

/** What a delivery says about its message; the message takes it by `raiseDelivery`, a `resend` excepted. */
export function messageStateOf(state: Delivery["state"]): MessageState {
  return MESSAGE_STATES[state];
}

/** Hands the lane to one new `next`, at `at`; any other that is scheduled finds its token gone. */
export function moveLane(from: Lane, at: number): { lane: Lane; schedule: LaneJob[] } {
  const token = from.token + 1;
  return { lane: { state: "busy", token, leaseUntil: at }, schedule: [{ run: "next", token, at }] };
}
