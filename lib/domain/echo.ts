// Whose message is a `fromMe`? A provider may echo our own send before its answer gives us the id, or long after.
import { confirmDelivery } from "./lane-outcome.ts";
import type { Delivery } from "./lane-state.ts";

export type Echo = {
  externalId: string;
  fingerprint: string;
  /** The provider says that a program sent it. */
  viaApi: boolean;
  /** Epoch ms by the provider's clock. */
  providerAt?: number | undefined;
};

export type EchoOwner<D> =
  /** Write `delivery`; the message gets the id, and no second one is made. Nobody is silenced. */
  | { kind: "ours"; delivery: D }
  /** Another program that shares the account: store the message, silence nobody. */
  | { kind: "program" }
  /** A person on the phone: store the message and silence the agent in the same transaction. */
  | { kind: "person" };

/** How far the clocks of the provider and ours may be apart. */
const CLOCK_SKEW_MS = 60_000;
/** A request is over long before; what was said later with the same words was said by somebody else. */
const LATEST_AFTER_MS = 120_000;

/**
 * By id first. Then a request that has no id yet and may have arrived, with the same words at about the same time; of two equal messages
 * the nearer one in time, since one request at a time leaves many seconds between two that have no id. `deliveries` are those of this conversation; final ones matter only when they own the id.
 */
export function matchEcho<D extends Delivery>(echo: Echo, deliveries: readonly D[]): EchoOwner<D> {
  const owner = deliveries.find(({ externalId }) => externalId === echo.externalId);
  if (owner !== undefined)
    return { kind: "ours", delivery: isSettled(owner) ? owner : confirmDelivery(owner, echo.externalId) };
  const [match] = deliveries
    .filter((delivery) => mayBeEchoOf(delivery, echo))
    .toSorted((left, right) => distanceMs(left, echo) - distanceMs(right, echo) || left.seq - right.seq);
  if (match !== undefined) return { kind: "ours", delivery: confirmDelivery(match, echo.externalId) };
  return { kind: echo.viaApi ? "program" : "person" };
}

function isSettled({ state }: Delivery): boolean {
  return state === "sent" || state === "dead" || state === "cancelled";
}

function mayBeEchoOf(delivery: Delivery, echo: Echo): boolean {
  if (delivery.externalId !== undefined || delivery.fingerprint !== echo.fingerprint) return false;
  return mayHaveArrived(delivery) && isAboutThen(delivery, echo.providerAt);
}

/**
 * A retry in the queue was certainly not delivered, and a dead one was refused; of a message that a person sends again,
 * the request before may have arrived all the same.
 */
function mayHaveArrived({ state, origin }: Delivery): boolean {
  if (state === "queued" || state === "dead") return origin === "resend";
  return state === "sending" || state === "unknown" || state === "unconfirmed" || state === "sent";
}

/** Without a time only what is under way can be meant. */
function isAboutThen({ state, attemptedAt, doubtedSince }: Delivery, providerAt: number | undefined): boolean {
  if (attemptedAt === undefined) return false;
  if (providerAt === undefined) return state === "sending" || state === "unknown";
  const since = doubtedSince ?? attemptedAt;
  return providerAt >= since - CLOCK_SKEW_MS && providerAt <= attemptedAt + LATEST_AFTER_MS;
}

function distanceMs(
  { attemptedAt = 0, doubtedSince = attemptedAt }: Delivery,
  { providerAt = attemptedAt }: Echo,
): number {
  return Math.min(Math.abs(providerAt - attemptedAt), Math.abs(providerAt - doubtedSince));
}
