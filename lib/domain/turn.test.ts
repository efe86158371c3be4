import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { describe, expect, test } from "vitest";
import { type Barrier, barrierToSend, barrierToThink, type Gate } from "./turn-gate.ts";
import {
  idleTurn,
  NEW_TURN,
  type Pacing,
  type RunningTurn,
  runningTurn,
  type Said,
  type Turn,
  type WaitingTurn,
  waitingTurn,
} from "./turn-state.ts";
import { askForTurn, extendTurn, resumeTurn, silenceTurn, SWEEP_GRACE_MS, sweepTurn } from "./turn.ts";

const now = 1_000_000;
const pacing: Pacing = { debounceMs: 8_000, maxWaitMs: 30_000, maxTurnsPerMinute: 5 };
const gate: Gate = { agentEnabled: true, level: "auto", handler: "agent" };
const said: Said = { inboundSeq: 4, answeredSeq: 3, revision: 0, lastInboundAt: now };
const idle: Turn = { state: "idle", token: 6 };
const waiting: WaitingTurn = {
  state: "waiting",
  token: 7,
  firstAt: now - 5_000,
  dueAt: now + 3_000,
  staleRuns: 1,
  deaths: 2,
};
const running: RunningTurn = {
  state: "running",
  token: 7,
  firstAt: now - 20_000,
  leaseUntil: now + 60_000,
  throughSeq: 3,
  staleRuns: 0,
  deaths: 0,
};
const closed: [Barrier, Gate][] = [
  ["switched_off", { ...gate, agentEnabled: false }],
  ["level_off", { ...gate, level: "off" }],
  ["not_the_handler", { ...gate, handler: "member" }],
];

describe("I6: who may act", () => {
  test.each(closed)("%s keeps the agent from thinking and from sending", (barrier, shut) => {
    expect([barrierToThink(shut), barrierToSend(shut)]).toEqual([barrier, barrier]);
  });

  test("an open gate lets both through", () => {
    expect([barrierToThink(gate), barrierToSend(gate)]).toEqual([null, null]);
  });

  test("the agent thinks about suggestions, and sends none by itself", () => {
    const suggesting: Gate = { ...gate, level: "suggest" };
    expect([barrierToThink(suggesting), barrierToSend(suggesting)]).toEqual([null, "level_off"]);
  });

  test("a hand-off starts no new turn, and its farewell still leaves", () => {
    const handedOff: Gate = { ...gate, handler: "none" };
    expect([barrierToThink(handedOff), barrierToSend(handedOff)]).toEqual(["not_the_handler", null]);
  });
});

describe("I6: asking for a turn", () => {
  test("a first message waits for quiet, with a token of its own and one job", () => {
    expect(askForTurn(idle, { now, gate, pacing })).toEqual({
      kind: "wait",
      turn: { state: "waiting", token: 7, firstAt: now, dueAt: now + 8_000, staleRuns: 0, deaths: 0 },
      schedule: [{ run: "begin", token: 7, at: now + 8_000 }],
    });
  });

  test("another message moves the time, keeps the token and the counts, and costs no job", () => {
    expect(askForTurn(waiting, { now, gate, pacing })).toEqual({
      kind: "wait",
      turn: { ...waiting, dueAt: now + 8_000 },
      schedule: [],
    });
  });

  test("no wait is longer than the longest wait after the first message", () => {
    const old = { ...waiting, firstAt: now - 27_000 };
    expect(askForTurn(old, { now, gate, pacing })).toMatchObject({ turn: { dueAt: now + 3_000 }, schedule: [] });
  });

  test("a time that moved forward needs a job for it", () => {
    const postponed = { ...waiting, dueAt: now + 3_600_000 };
    expect(askForTurn(postponed, { now, gate, pacing })).toMatchObject({
      turn: { dueAt: now + 8_000 },
      schedule: [{ run: "begin", token: 7, at: now + 8_000 }],
    });
  });

  test("a job that should have come by now is scheduled again", () => {
    const overdue = { ...waiting, dueAt: now - 1 };
    expect(askForTurn(overdue, { now, gate, pacing })).toMatchObject({ schedule: [{ at: now + 8_000 }] });
  });

  test("a run under way is told by the conversation's own sequence", () => {
    expect(askForTurn(running, { now, gate, pacing })).toEqual({ kind: "keep" });
  });

  test.each(closed)("%s: no turn", (_barrier, shut) => {
    expect(askForTurn(idle, { now, gate: shut, pacing })).toEqual({ kind: "keep" });
  });

  test("a decision has the turn's own fields only, though the argument is a whole row", () => {
    const row = { ...waiting, orgId: "org", _id: "turn" };
    const decision = askForTurn(row, { now, gate, pacing });
    expect(decision.kind === "wait" && Object.keys(decision.turn).toSorted()).toEqual(Object.keys(waiting).toSorted());
  });
});

describe("I6: typing", () => {
  test("extends a wait, without a job", () => {
    const extended = { kind: "wait", turn: { ...waiting, dueAt: now + 8_000 }, schedule: [] };
    expect(extendTurn(waiting, { now, pacing })).toEqual(extended);
  });

  test.each<[string, Turn]>([
    ["an idle turn", idle],
    ["a run", running],
    ["a wait that is over", { ...waiting, dueAt: now }],
    ["a wait that is as long as it may be", { ...waiting, firstAt: now - 29_000, dueAt: now + 1_000 }],
    ["a wait for the morning", { ...waiting, dueAt: now + 3_600_000 }],
  ])("changes nothing for %s", (_what, turn) => {
    expect(extendTurn(turn, { now, pacing })).toEqual({ kind: "keep" });
  });
});

describe("I6: silence", () => {
  test.each<[string, Turn]>([
    ["idle", idle],
    ["waiting", waiting],
    ["running", running],
  ])("a person who writes voids the token of a turn that is %s, and answers all that was said", (_state, turn) => {
    expect(silenceTurn(turn, { said, cause: "replied" })).toEqual({
      kind: "silence",
      turn: { state: "idle", token: turn.token + 1 },
      answeredSeq: 4,
    });
  });

  test("a take-over answers nothing", () => {
    expect(silenceTurn(running, { said, cause: "took_over" }).answeredSeq).toBe(3);
  });
});

describe("I6: giving back", () => {
  test("what has no answer gets a turn at once when it is quiet already", () => {
    const quiet = { ...said, lastInboundAt: now - 60_000 };
    expect(resumeTurn(idle, { now, gate, pacing, said: quiet })).toMatchObject({
      kind: "wait",
      turn: { firstAt: now - 60_000, dueAt: now, token: 7 },
      schedule: [{ run: "begin", token: 7, at: now }],
    });
  });

  test("a lead who is still writing is waited for", () => {
    const fresh = { ...said, lastInboundAt: now - 2_000 };
    expect(resumeTurn(idle, { now, gate, pacing, said: fresh })).toMatchObject({ turn: { dueAt: now + 6_000 } });
  });

  test("nothing without an answer: no turn", () => {
    const answered = { ...said, answeredSeq: 4 };
    expect(resumeTurn(idle, { now, gate, pacing, said: answered })).toEqual({ kind: "keep" });
  });

  test.each<[string, Turn]>([
    ["waiting", waiting],
    ["running", running],
  ])("a turn that is %s goes on as it is", (_state, turn) => {
    expect(resumeTurn(turn, { now, gate, pacing, said })).toEqual({ kind: "keep" });
  });

  test.each(closed)("%s: no turn", (_barrier, shut) => {
    expect(resumeTurn(NEW_TURN, { now, gate: shut, pacing, said })).toEqual({ kind: "keep" });
  });
});

describe("I6: the sweeper", () => {
  const late = now + SWEEP_GRACE_MS;
  const facts = { gate, pacing, said };

  test("schedules the begin that never came", () => {
    const at = waiting.dueAt + SWEEP_GRACE_MS;
    const nudge = { kind: "nudge", schedule: [{ run: "begin", token: 7, at }] };
    expect(sweepTurn(waiting, { ...facts, now: at })).toEqual(nudge);
    expect(sweepTurn(waiting, { ...facts, now: at - 1 })).toEqual({ kind: "keep" });
  });

  test("schedules the expiry that never came", () => {
    const at = running.leaseUntil + SWEEP_GRACE_MS;
    const nudge = { kind: "nudge", schedule: [{ run: "expire", token: 7, at }] };
    expect(sweepTurn(running, { ...facts, now: at })).toEqual(nudge);
    expect(sweepTurn(running, { ...facts, now: at - 1 })).toEqual({ kind: "keep" });
  });

  test("finds the message that no turn knows of", () => {
    expect(sweepTurn(idle, { ...facts, now: late })).toMatchObject({ kind: "wait", turn: { dueAt: late } });
    expect(sweepTurn(idle, { ...facts, now: late - 1 })).toEqual({ kind: "keep" });
  });

  test.each(closed)("%s: leaves an idle turn alone", (_barrier, shut) => {
    expect(sweepTurn(idle, { ...facts, gate: shut, now: late })).toEqual({ kind: "keep" });
  });
});

test("a table takes the three forms of the row, and the sweeper's indexes", () => {
  const owner = { orgId: v.string(), conversationId: v.string() };
  const row = v.union(idleTurn.extend(owner), waitingTurn.extend(owner), runningTurn.extend(owner));
  const turns = defineTable(row)
    .index("by_state_and_due", ["state", "dueAt"])
    .index("by_lease", ["state", "leaseUntil"]);
  expect(defineSchema({ turns }).tables.turns.validator.kind).toBe("union");
});
