import { describe, expect, test } from "vitest";
import { LINE_RECHECK_MS, type Line, lineOf } from "./lane-line.ts";
import {
  type Delivery,
  type Lane,
  MAX_ATTEMPTS,
  messageStateOf,
  NEW_LANE,
  SEND_LEASE_MS,
  SLOT_LIVES_MS,
  UNDO_MS,
} from "./lane-state.ts";
import { LANE_GRACE_MS, sweepLane } from "./lane-sweep.ts";
import { cancel, cancelAgentQueue, enqueue, hasSlot, lookAgain, next, postpone, resend } from "./lane.ts";
import type { Gate } from "./turn-gate.ts";

const now = 1_000_000;
const gate: Gate = { agentEnabled: true, level: "auto", handler: "agent" };
const busy: Lane = { state: "busy", token: 5, leaseUntil: now };

const facts = { token: 5, now, gate, line: "up" } as const;

function makeDelivery(change: Partial<Delivery> = {}): Delivery {
  return {
    seq: 1,
    origin: "agent",
    state: "queued",
    token: 0,
    attempt: 0,
    nextAttemptAt: now,
    fingerprint: "hello",
    ...change,
  };
}
function ask(deliveries: Delivery[], change: { gate?: Gate; token?: number; line?: Line } = {}) {
  return next(busy, { ...facts, deliveries, ...change });
}
function moved(at: number) {
  return { lane: { state: "busy", token: 6, leaseUntil: at }, schedule: [{ run: "next", token: 6, at }] };
}

describe("I9: a message is a row first", () => {
  test("the agent's leaves at once, and wakes an idle lane", () => {
    expect(enqueue(NEW_LANE, { seq: 3, origin: "agent", fingerprint: "hello", now })).toEqual({
      delivery: makeDelivery({ seq: 3 }),
      lane: { state: "busy", token: 1, leaseUntil: now },
      schedule: [{ run: "next", token: 1, at: now }],
    });
  });

  test("a person's waits as long as it can be taken back", () => {
    expect(enqueue(NEW_LANE, { seq: 3, origin: "member", fingerprint: "hello", now })).toMatchObject({
      delivery: { nextAttemptAt: now + UNDO_MS },
      schedule: [{ run: "next", at: now + UNDO_MS }],
    });
  });

  test("a busy lane comes by itself", () => {
    expect(enqueue(busy, { seq: 3, origin: "agent", fingerprint: "hello", now })).toMatchObject({
      lane: null,
      schedule: [],
    });
  });
});

describe("I4: the oldest delivery decides", () => {
  test("due: one attempt, marked before the request leaves", () => {
    const later = makeDelivery({ seq: 2 });
    const first = makeDelivery({ token: 3, attempt: 1 });
    const token = 4;
    expect(ask([later, first])).toEqual({
      kind: "send",
      delivery: { ...first, state: "sending", token, attempt: 2, attemptedAt: now },
      lane: { state: "busy", token: 6, leaseUntil: now + SEND_LEASE_MS },
      schedule: [
        { run: "send", token, at: now },
        { run: "expireSend", token, at: now + SEND_LEASE_MS },
      ],
    });
  });

  test("not due (a retry, or it can still be taken back): all behind it wait too", () => {
    const waiting = makeDelivery({ nextAttemptAt: now + 9_000 });
    expect(ask([waiting, makeDelivery({ seq: 2 })])).toEqual({ kind: "wait", ...moved(now + 9_000) });
  });

  test.each(["sending", "unknown"] as const)("one that is %s holds the lane, whatever its place", (state) => {
    expect(ask([makeDelivery(), makeDelivery({ seq: 2, state })])).toEqual({ kind: "ignore" });
  });

  test.each(["unconfirmed", "sent", "dead", "cancelled"] as const)("one that is %s lets the next go", (state) => {
    expect(ask([makeDelivery({ state }), makeDelivery({ seq: 2 })])).toMatchObject({
      kind: "send",
      delivery: { seq: 2 },
    });
  });

  test("none: the lane rests, and no older job can move it", () => {
    expect(ask([])).toEqual({ kind: "idle", lane: { state: "idle", token: 6, leaseUntil: now } });
  });

  test("a job that fired twice, or an older one, changes nothing", () => {
    expect(ask([makeDelivery()], { token: 4 })).toEqual({ kind: "ignore" });
    expect(next({ ...busy, state: "idle" }, { token: 5, deliveries: [makeDelivery()], now, gate, line: "up" })).toEqual(
      {
        kind: "ignore",
      },
    );
  });

  test("the connection's limiter postpones without an attempt, and what it promised is kept", () => {
    const head = makeDelivery();
    const postponed = postpone(busy, head, now + 700);
    expect(postponed).toEqual({ delivery: { ...head, slotAt: now + 700 }, ...moved(now + 700) });
    expect(ask([postponed.delivery])).toEqual({ kind: "wait", ...moved(now + 700) });
    const later = next(busy, { ...facts, deliveries: [postponed.delivery], now: now + 700 });
    expect(later).toMatchObject({ kind: "send", delivery: { attempt: 1, slotAt: undefined } });
  });

  test.each([
    { slotAt: undefined, holds: false },
    { slotAt: now + 1, holds: false },
    { slotAt: now, holds: true },
    { slotAt: now - SLOT_LIVES_MS, holds: true },
    { slotAt: now - SLOT_LIVES_MS - 1, holds: false },
  ])("a slot at $slotAt holds now: $holds", ({ slotAt, holds }) => {
    expect(hasSlot({ slotAt }, now)).toBe(holds);
  });
});

describe("a connection that only a person can bring back", () => {
  test("makes all that is queued wait, without an attempt", () => {
    const later = now + LINE_RECHECK_MS;
    expect(ask([makeDelivery()], { line: "down" })).toEqual({ kind: "wait", ...moved(later) });
  });

  test("lets what waited leave when it is back", () => {
    expect(lookAgain(busy, now)).toEqual(moved(now));
    expect(lookAgain({ ...busy, state: "idle" }, now)).toEqual({ lane: null, schedule: [] });
    expect(ask([makeDelivery({ nextAttemptAt: now - 59 * 60_000 })])).toMatchObject({ kind: "send" });
  });

  test.each([
    { origin: "agent", hours: 1 },
    { origin: "member", hours: 24 },
    { origin: "resend", hours: 24 },
  ] as const)("keeps a message of the $origin for $hours h, and then people are told", ({ origin, hours }) => {
    const due = (ago: number) => [makeDelivery({ origin, nextAttemptAt: now - ago })];
    const limit = hours * 60 * 60_000;
    expect(ask(due(limit - 1), { line: "down" })).toEqual({ kind: "wait", ...moved(now + 1) });
    const dead = { state: "dead", error: "connection_down", attempt: 0 };
    expect(ask(due(limit), { line: "down" })).toMatchObject({ kind: "dead", delivery: dead, ...moved(now) });
  });

  test("is waited for by nothing when it was removed", () => {
    const dead = { state: "dead", error: "connection_removed" };
    expect(ask([makeDelivery()], { line: "gone" })).toMatchObject({ kind: "dead", delivery: dead, ...moved(now) });
  });

  test.each([
    { state: "connected", line: "up" },
    { state: "connecting", line: "up" },
    { state: "disconnected", line: "up" },
    { state: "pairing", line: "down" },
    { state: "draft", line: "down" },
    { state: "action_needed", line: "down" },
    { state: "removed", line: "gone" },
  ] as const)("$state is $line", ({ state, line }) => {
    expect(lineOf(state)).toBe(line);
  });
});

describe("I6: the gate at the last moment", () => {
  test.each<[string, Gate]>([
    ["switched_off", { ...gate, agentEnabled: false }],
    ["level_off", { ...gate, level: "suggest" }],
    ["not_the_handler", { ...gate, handler: "member" }],
  ])("%s cancels the agent's message, due or not, and never a person's", (reason, shut) => {
    const own = makeDelivery({ nextAttemptAt: now + 9_000 });
    const cancelled = { kind: "cancelled", reason, delivery: { ...own, state: "cancelled" }, ...moved(now) };
    expect(ask([own], { gate: shut })).toEqual(cancelled);
    expect(ask([makeDelivery({ origin: "member" })], { gate: shut })).toMatchObject({ kind: "send" });
    expect(ask([makeDelivery({ origin: "resend" })], { gate: shut })).toMatchObject({ kind: "send" });
  });

  test("a hand-off still says so to the lead", () => {
    expect(ask([makeDelivery()], { gate: { ...gate, handler: "none" } })).toMatchObject({ kind: "send" });
  });

  test("silence cancels the agent's queue, leaves a person's, and gives a request under way no second one", () => {
    const open = [
      makeDelivery({ seq: 1, state: "sending", attempt: 1 }),
      makeDelivery({ seq: 2 }),
      makeDelivery({ seq: 3, origin: "member" }),
      makeDelivery({ seq: 4, state: "sent" }),
    ];
    const { deliveries, ...rest } = cancelAgentQueue(busy, { open, now });
    expect(deliveries.map(({ seq, state, attempt }) => [seq, state, attempt])).toEqual([
      [2, "cancelled", 0],
      [1, "sending", MAX_ATTEMPTS],
    ]);
    expect(rest).toEqual(moved(now));
  });

  test("silence without a queue leaves the lane alone", () => {
    expect(cancelAgentQueue(busy, { open: [], now })).toEqual({ deliveries: [], lane: null, schedule: [] });
  });
});

describe("taking back", () => {
  test("works while it is queued, also behind others, and lets the next go", () => {
    const own = makeDelivery({ origin: "member", nextAttemptAt: now + UNDO_MS });
    const cancelled = { kind: "cancelled", delivery: { ...own, state: "cancelled" }, ...moved(now) };
    expect(cancel(busy, own, now)).toEqual(cancelled);
  });

  test("does not shorten the lease of a request under way", () => {
    const sending = { ...busy, leaseUntil: now + 20_000 };
    expect(cancel(sending, makeDelivery(), now)).toMatchObject({ lane: { leaseUntil: now + 20_000 } });
  });

  test.each([
    ["sending", "under_way"],
    ["unknown", "under_way"],
    ["unconfirmed", "final"],
    ["sent", "final"],
    ["dead", "final"],
    ["cancelled", "final"],
  ] as const)("is refused when it is %s: %s", (state, reason) => {
    expect(cancel(busy, makeDelivery({ state }), now)).toEqual({ kind: "refused", reason });
  });

  test("I5: what may have arrived is never called cancelled", () => {
    expect(cancel(busy, makeDelivery({ origin: "resend" }), now)).toEqual({
      kind: "refused",
      reason: "may_have_arrived",
    });
  });
});

describe("I3: only a person sends again", () => {
  const tried = { token: 8, attempt: 8, attemptedAt: now - 90_000, error: "unreachable" };

  test("what was not confirmed: the doubt is remembered", () => {
    const row = makeDelivery({ ...tried, state: "unconfirmed" });
    expect(resend(NEW_LANE, row, now)).toMatchObject({
      kind: "queued",
      delivery: {
        origin: "resend",
        state: "queued",
        token: 8,
        attempt: 0,
        doubtedSince: now - 90_000,
        error: undefined,
      },
      lane: { state: "busy" },
      schedule: [{ run: "next", at: now }],
    });
  });

  test("what certainly failed is like a new message, and can be taken back", () => {
    const decision = resend(busy, makeDelivery({ ...tried, state: "dead" }), now);
    expect(decision).toMatchObject({ delivery: { origin: "member", attemptedAt: undefined }, lane: null });
    expect(decision.kind === "queued" && cancel(busy, decision.delivery, now).kind).toBe("cancelled");
  });

  test("a resend that failed keeps the doubt of its first request", () => {
    const row = makeDelivery({ ...tried, state: "dead", origin: "resend", doubtedSince: now - 900_000 });
    expect(resend(busy, row, now)).toMatchObject({ delivery: { origin: "resend", doubtedSince: now - 900_000 } });
  });

  test.each([
    ["unknown", "still_checking"],
    ["queued", "not_needed"],
    ["sending", "not_needed"],
    ["sent", "not_needed"],
    ["cancelled", "not_needed"],
  ] as const)("is refused when it is %s: %s", (state, reason) => {
    expect(resend(busy, makeDelivery({ state }), now)).toEqual({ kind: "refused", reason });
  });
});

describe("I9: the sweeper", () => {
  const late = now + LANE_GRACE_MS;
  const attemptedAt = now - SEND_LEASE_MS;

  test("schedules the next that never came", () => {
    const nudge = { kind: "nudge", ...moved(late) };
    expect(sweepLane(busy, { deliveries: [makeDelivery()], now: late })).toEqual(nudge);
    expect(sweepLane(busy, { deliveries: [], now: late })).toEqual(nudge);
    expect(sweepLane({ ...busy, state: "idle" }, { deliveries: [makeDelivery()], now: late })).toEqual(nudge);
  });

  test("a request without an answer is declared unclear, and an unclear one given up", () => {
    const sending = makeDelivery({ state: "sending", token: 3, attemptedAt });
    const unknown = makeDelivery({ state: "unknown", token: 3, attemptedAt, confirmBy: now });
    const nudge = (run: string) => ({ kind: "nudge", schedule: [{ run, token: 3, at: late }] });
    expect(sweepLane(busy, { deliveries: [sending], now: late })).toMatchObject(nudge("expireSend"));
    expect(sweepLane(busy, { deliveries: [unknown], now: late })).toMatchObject(nudge("reconcile"));
  });

  test("leaves alone what is in time, and what rests", () => {
    const inTime = { deliveries: [makeDelivery({ state: "sending", attemptedAt })], now: late - 1 };
    expect(sweepLane(busy, inTime)).toEqual({ kind: "keep" });
    expect(sweepLane(busy, { deliveries: [], now: late - 1 })).toEqual({ kind: "keep" });
    expect(sweepLane({ ...busy, state: "idle" }, { deliveries: [], now: late })).toEqual({ kind: "keep" });
  });
});

test("I5: while a request is looked up its message shows the clock, then that it is not confirmed", () => {
  expect((["queued", "unknown", "unconfirmed", "dead"] as const).map(messageStateOf)).toEqual([
    "queued",
    "sending",
    "unknown",
    "failed",
  ]);
});
