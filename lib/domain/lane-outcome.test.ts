import { describe, expect, test } from "vitest";
import {
  canStillSend,
  confirmDelivery,
  expireSend,
  NOT_SENT,
  reconcile,
  type SendFailure,
  type SendResult,
  settleSend,
} from "./lane-outcome.ts";
import { CONFIRM_MS, type Delivery, type Lane, LOOK_UP_MS, MAX_ATTEMPTS, SEND_START_MS } from "./lane-state.ts";

const startedAt = 1_000_000;
const now = startedAt + 500;
const busy: Lane = { state: "busy", token: 5, leaseUntil: startedAt + 30_000 };
const sent: SendResult = { kind: "sent", externalId: "X1" };
const unclear: SendFailure = { class: "unreachable", ambiguous: true };
const noEffect: SendFailure = { class: "unreachable", ambiguous: false };
const rejected: SendFailure = { class: "rejected", reason: "not_on_whatsapp" };

function makeDelivery(change: Partial<Delivery> = {}): Delivery {
  return {
    seq: 1,
    origin: "agent",
    state: "sending",
    token: 3,
    attempt: 1,
    nextAttemptAt: startedAt,
    fingerprint: "hello",
    attemptedAt: startedAt,
    ...change,
  };
}
function settle(delivery: Delivery, result: SendResult, token = 3) {
  return settleSend(busy, delivery, { token, result, now, jitter: 0 });
}
function failed(failure: SendFailure): SendResult {
  return { kind: "failed", failure };
}
function moved(at: number) {
  return { lane: { state: "busy", token: 6, leaseUntil: at }, schedule: [{ run: "next", token: 6, at }] };
}

describe("I3: an answer in time", () => {
  test("sent: the lane goes on", () => {
    const delivery = { ...makeDelivery(), state: "sent", externalId: "X1" };
    expect(settle(makeDelivery({ error: "rate_limited" }), sent)).toEqual({ kind: "sent", delivery, ...moved(now) });
  });

  test.each<[string, SendFailure, number, number]>([
    ["no effect", noEffect, 1, 1_000],
    ["no effect for the third time", noEffect, 3, 4_000],
    ["the provider asks for longer than we would wait", { class: "rate_limited", retryAfterMs: 90_000 }, 1, 90_000],
    ["the provider asks for less", { class: "rate_limited", retryAfterMs: 100 }, 3, 4_000],
  ])("%s: a retry, which all behind it wait for", (_what, failure, attempt, waitMs) => {
    const decision = settle(makeDelivery({ attempt }), failed(failure));
    const delivery = { state: "queued", attempt, nextAttemptAt: now + waitMs, error: failure.class };
    expect(decision).toMatchObject({ kind: "retry", delivery, ...moved(now + waitMs) });
  });

  test("I9: jitter spreads the retries", () => {
    const facts = { token: 3, result: failed(noEffect), now };
    const waits = [0, 0.5].map((jitter) => settleSend(busy, makeDelivery(), { ...facts, jitter }));
    expect(waits).toMatchObject([{ schedule: [{ at: now + 1_000 }] }, { schedule: [{ at: now + 1_500 }] }]);
  });

  test.each<[string, SendFailure, number]>([
    ["not_on_whatsapp", rejected, 1],
    ["auth_expired", { class: "auth_expired" }, MAX_ATTEMPTS],
    ["unreachable", noEffect, MAX_ATTEMPTS],
    ["rate_limited", { class: "rate_limited", retryAfterMs: 1 }, MAX_ATTEMPTS],
  ])("I9: %s is a dead letter, and the lane goes on", (error, failure, attempt) => {
    const delivery = { state: "dead", error };
    expect(settle(makeDelivery({ attempt }), failed(failure))).toMatchObject({ kind: "dead", delivery, ...moved(now) });
  });
});

describe("I9: an account that does not let us in", () => {
  test("costs the message no attempt, and it waits with all behind it", () => {
    const decision = settle(makeDelivery({ attempt: 3 }), failed({ class: "auth_expired" }));
    const delivery = {
      state: "queued",
      attempt: 2,
      nextAttemptAt: makeDelivery().nextAttemptAt,
      error: "auth_expired",
    };
    expect(decision).toMatchObject({ kind: "parked", delivery, ...moved(now) });
  });
});

describe("I3: an unclear outcome is never sent again by itself", () => {
  const confirmBy = startedAt + CONFIRM_MS;

  test.each([
    ["the connector cannot tell", () => settle(makeDelivery(), failed(unclear))],
    ["no answer came", () => expireSend(busy, makeDelivery(), { token: 3, now })],
  ])("%s: it is looked up, and the lane waits", (_why, decide) => {
    expect(decide()).toEqual({
      kind: "unknown",
      delivery: { ...makeDelivery(), state: "unknown", confirmBy },
      lane: { ...busy, leaseUntil: confirmBy },
      schedule: [{ run: "reconcile", token: 3, at: now }],
    });
  });

  test("found long after, by a restart: it is still looked up", () => {
    const later = startedAt + 3_600_000;
    expect(expireSend(busy, makeDelivery(), { token: 3, now: later })).toMatchObject({
      delivery: { confirmBy: later + LOOK_UP_MS },
    });
  });

  test("an echo that came already is as good as an answer", () => {
    const echoed = makeDelivery({ externalId: "X1" });
    const proven = { kind: "sent", delivery: { state: "sent", externalId: "X1" }, ...moved(now) };
    expect(expireSend(busy, echoed, { token: 3, now })).toMatchObject(proven);
    expect(settle(echoed, failed(unclear))).toMatchObject(proven);
  });

  test.each(["queued", "unknown", "unconfirmed", "sent", "dead", "cancelled"] as const)(
    "an expiry changes nothing when the request is %s",
    (state) => {
      expect(expireSend(busy, makeDelivery({ state }), { token: 3, now })).toEqual({ kind: "ignore" });
    },
  );

  test("an expiry of an older attempt changes nothing", () => {
    expect(expireSend(busy, makeDelivery(), { token: 2, now })).toEqual({ kind: "ignore" });
  });
});

describe("I3: late news raises its own attempt and sends nothing", () => {
  const still = { lane: null, schedule: [] };

  test.each(["unknown", "unconfirmed"] as const)("sent, after it was %s", (state) => {
    const late = makeDelivery({ state, confirmBy: now });
    const delivery = { state: "sent", externalId: "X1", confirmBy: undefined };
    expect(settle(late, sent)).toMatchObject({ kind: "sent", delivery, ...still });
  });

  test("sent, while a person's resend is in the queue: there is no second request", () => {
    const again = makeDelivery({ state: "queued", origin: "resend" });
    expect(settle(again, sent)).toMatchObject({ kind: "sent", delivery: { state: "sent" }, ...still });
  });

  test.each([
    ["unknown", rejected],
    ["unconfirmed", noEffect],
  ] as const)("certainly nothing, after it was %s: dead, for a person to decide", (state, failure) => {
    expect(settle(makeDelivery({ state }), failed(failure))).toMatchObject({
      kind: "dead",
      delivery: { state: "dead" },
      ...still,
    });
  });

  test.each<[string, Delivery, SendResult, number]>([
    ["of an older attempt", makeDelivery(), sent, 2],
    ["that nobody can tell", makeDelivery({ state: "unknown" }), failed(unclear), 3],
    [
      "of a failure that a person knows about",
      makeDelivery({ state: "queued", origin: "resend" }),
      failed(rejected),
      3,
    ],
    ["that is known", makeDelivery({ state: "sent", externalId: "X1" }), sent, 3],
    ["of a failure, when it was sent", makeDelivery({ state: "sent", externalId: "X1" }), failed(rejected), 3],
    ["about what was cancelled", makeDelivery({ state: "cancelled" }), sent, 3],
  ])("news %s changes nothing", (_what, delivery, result, token) => {
    expect(settle(delivery, result, token)).toEqual({ kind: "ignore" });
  });
});

describe("I3: looking it up", () => {
  const unknown = makeDelivery({ state: "unknown", confirmBy: startedAt + 60_000 });
  const look = (delivery: Delivery, at: number) => reconcile(busy, delivery, { token: 3, now: at, jitter: 0 });

  test("looks, and comes back also when the look dies", () => {
    expect(look(unknown, now)).toEqual({
      kind: "look_up",
      schedule: [
        { run: "lookUp", token: 3, at: now },
        { run: "reconcile", token: 3, at: now + 1_000 },
      ],
    });
  });

  test("looks less and less often, and the last time when time is up", () => {
    const gaps = [0, 10_000, 30_000, 59_500].map((after) => {
      const decision = look(unknown, startedAt + after);
      return decision.kind === "look_up" ? (decision.schedule[1]?.at ?? 0) - startedAt - after : 0;
    });
    expect(gaps).toEqual([1_000, 4_000, 7_500, 500]);
  });

  test("when time is up it shows as not confirmed, and the lane goes on", () => {
    const at = startedAt + 60_000;
    const delivery = { ...unknown, state: "unconfirmed", confirmBy: undefined };
    const lane = { lane: { state: "busy", token: 6, leaseUntil: at }, schedule: [{ run: "next", token: 6, at }] };
    expect(look(unknown, at)).toEqual({ kind: "unconfirmed", delivery, ...lane });
  });

  test.each(["sent", "dead"] as const)("news that came meanwhile (%s) lets the lane go on", (state) => {
    expect(look(makeDelivery({ state }), now)).toEqual({ kind: "settled", ...moved(now) });
  });

  test.each(["queued", "sending", "unconfirmed", "cancelled"] as const)("changes nothing when it is %s", (state) => {
    expect(look(makeDelivery({ state }), now)).toEqual({ kind: "ignore" });
  });

  test("of an older attempt changes nothing", () => {
    expect(look({ ...unknown, token: 4 }, now)).toEqual({ kind: "ignore" });
  });

  test("proof during the request only notes the id; in doubt it settles", () => {
    expect(confirmDelivery(makeDelivery(), "X1")).toEqual(makeDelivery({ externalId: "X1" }));
    expect(confirmDelivery(unknown, "X1")).toMatchObject({ state: "sent", externalId: "X1", confirmBy: undefined });
  });
});

describe("I4: an action that starts late makes no request", () => {
  test.each<[string, Partial<Delivery>, number, boolean]>([
    ["in time", {}, startedAt + SEND_START_MS - 1, true],
    ["late", {}, startedAt + SEND_START_MS, false],
    ["after its expiry", { state: "unknown" }, now, false],
    ["after a newer attempt", { token: 4 }, now, false],
  ])("%s", (_when, change, at, expected) => {
    expect(canStillSend(makeDelivery(change), { token: 3, now: at })).toBe(expected);
  });

  test("what it reports then is retried like any call without effect", () => {
    expect(settle(makeDelivery(), NOT_SENT)).toMatchObject({ kind: "retry" });
  });
});
