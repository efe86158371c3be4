import { describe, expect, test } from "vitest";
import type { Barrier, Gate } from "./turn-gate.ts";
import { type Afterwards, beginTurn, type Beginning, type Committing, commitTurn, expireTurn } from "./turn-run.ts";
import {
  LEASE_MS,
  MAX_DEATHS,
  MAX_STALE_RUNS,
  type Pacing,
  type RunningTurn,
  type Said,
  type Turn,
} from "./turn-state.ts";

const now = 1_000_000;
const pacing: Pacing = { debounceMs: 8_000, maxWaitMs: 30_000, maxTurnsPerMinute: 5 };
const gate: Gate = { agentEnabled: true, level: "auto", handler: "agent" };
const said: Said = { inboundSeq: 4, answeredSeq: 2, revision: 9, lastInboundAt: now - 10_000 };
const held = { token: 7, firstAt: now - 20_000, staleRuns: 1, deaths: 1 };
const idle: Turn = { state: "idle", token: 7 };
const waiting: Turn = { state: "waiting", ...held, dueAt: now };
const running: RunningTurn = { state: "running", ...held, leaseUntil: now + 60_000, throughSeq: 3 };
const toIdle = { state: "idle", token: 8 };
const closed: [Barrier, Gate][] = [
  ["switched_off", { ...gate, agentEnabled: false }],
  ["level_off", { ...gate, level: "off" }],
  ["not_the_handler", { ...gate, handler: "member" }],
];

describe("I6: beginning a run", () => {
  const facts: Beginning = { token: 7, now, gate, said, pacing, recentTurns: 4 };

  test("takes the lease, and schedules the action and its expiry", () => {
    expect(beginTurn(waiting, facts)).toEqual({
      kind: "running",
      turn: { state: "running", ...held, leaseUntil: now + LEASE_MS, throughSeq: 4 },
      schedule: [
        { run: "think", token: 7, at: now },
        { run: "expire", token: 7, at: now + LEASE_MS },
      ],
    });
  });

  test("a wait that was extended goes back to sleep", () => {
    const extended = { ...waiting, dueAt: now + 1 };
    expect(beginTurn(extended, facts)).toEqual({
      kind: "not_yet",
      schedule: [{ run: "begin", token: 7, at: now + 1 }],
    });
  });

  test.each<[string, Turn, number]>([
    ["idle", idle, 7],
    ["running already: the job fired twice", running, 7],
    ["waiting with a newer token", waiting, 6],
  ])("changes nothing when the turn is %s", (_why, turn, token) => {
    expect(beginTurn(turn, { ...facts, token })).toEqual({ kind: "ignore" });
  });

  test.each(closed)("%s: the turn is dropped", (reason, shut) => {
    expect(beginTurn(waiting, { ...facts, gate: shut })).toEqual({ kind: "dropped", reason, turn: toIdle });
  });

  test("all answered meanwhile: the turn is dropped", () => {
    const answered = { ...said, answeredSeq: 4 };
    expect(beginTurn(waiting, { ...facts, said: answered })).toMatchObject({ kind: "dropped", reason: "nothing_new" });
  });

  test("more turns than two people would have pause the agent", () => {
    expect(beginTurn(waiting, { ...facts, recentTurns: 5 })).toEqual({
      kind: "paused",
      reason: "too_many_turns",
      turn: toIdle,
    });
  });
});

describe("I6: committing a run", () => {
  const listen: Afterwards = { kind: "listen" };
  const facts: Committing = {
    token: 7,
    now,
    gate,
    pacing,
    said,
    read: { throughSeq: 4, revision: 9 },
    afterwards: listen,
  };
  const older = { throughSeq: 3, revision: 9 };
  const usedUp: RunningTurn = { ...running, staleRuns: MAX_STALE_RUNS };

  test("covers all it read, and the turn rests", () => {
    expect(commitTurn(running, facts)).toEqual({ kind: "committed", turn: toIdle, answeredSeq: 4, schedule: [] });
  });

  test("a person's reply is never taken back by an older commit", () => {
    const answered = { ...said, answeredSeq: 4, inboundSeq: 4 };
    expect(commitTurn(usedUp, { ...facts, said: answered, read: older })).toMatchObject({
      answeredSeq: 4,
      turn: toIdle,
    });
  });

  test.each<[string, Partial<Committing>]>([
    ["more was said", { read: older }],
    ["what it read was edited", { read: { throughSeq: 4, revision: 8 } }],
  ])("is stale when %s: another run follows, under a new token", (_why, change) => {
    const due = now;
    expect(commitTurn(running, { ...facts, ...change })).toEqual({
      kind: "stale",
      turn: { state: "waiting", ...held, token: 8, staleRuns: 2, dueAt: due },
      schedule: [{ run: "begin", token: 8, at: due }],
    });
  });

  test("the run after a stale one waits for quiet too, within the longest wait", () => {
    const writing = { ...said, lastInboundAt: now - 1_000 };
    expect(commitTurn(running, { ...facts, said: writing, read: older })).toMatchObject({
      turn: { dueAt: now + 7_000 },
    });
    const long = { ...running, firstAt: now - 28_000 };
    expect(commitTurn(long, { ...facts, said: writing, read: older })).toMatchObject({ turn: { dueAt: now + 2_000 } });
  });

  test("no message is left without a turn: the third time it commits, and asks for the next run at once", () => {
    const writing = { ...said, lastInboundAt: now - 1_000 };
    const times = { firstAt: now - 1_000, dueAt: now + 7_000 };
    expect(commitTurn(usedUp, { ...facts, said: writing, read: older })).toEqual({
      kind: "committed",
      answeredSeq: 3,
      turn: { state: "waiting", token: 8, staleRuns: 0, deaths: 0, ...times },
      schedule: [{ run: "begin", token: 8, at: now + 7_000 }],
    });
  });

  test("an edit after the stale runs are used up asks for nothing: there is nothing new to answer", () => {
    const read = { throughSeq: 4, revision: 8 };
    expect(commitTurn(usedUp, { ...facts, read })).toMatchObject({ kind: "committed", turn: toIdle, answeredSeq: 4 });
  });

  test("a run that leaves the conversation asks for no other", () => {
    const decision = commitTurn(usedUp, { ...facts, read: older, afterwards: { kind: "leave" } });
    expect(decision).toEqual({ kind: "committed", turn: toIdle, answeredSeq: 3, schedule: [] });
  });

  test("a run outside working hours answers nothing and comes back", () => {
    const at = now + 3_600_000;
    expect(commitTurn(running, { ...facts, afterwards: { kind: "resume", at } })).toEqual({
      kind: "committed",
      answeredSeq: 2,
      turn: { state: "waiting", token: 8, firstAt: held.firstAt, staleRuns: 0, deaths: 0, dueAt: at },
      schedule: [{ run: "begin", token: 8, at }],
    });
  });

  test.each<[string, Turn, number]>([
    ["was silenced", idle, 7],
    ["lost its lease", waiting, 7],
    ["is an older one", running, 6],
  ])("changes nothing when the run %s", (_why, turn, token) => {
    expect(commitTurn(turn, { ...facts, token })).toEqual({ kind: "ignore" });
  });

  test("changes nothing when the snapshot is older than the run", () => {
    expect(commitTurn(usedUp, { ...facts, read: { throughSeq: 2, revision: 9 } })).toEqual({ kind: "ignore" });
  });

  test.each(closed)("%s: the result is dropped", (reason, shut) => {
    expect(commitTurn(running, { ...facts, gate: shut })).toEqual({ kind: "dropped", reason, turn: toIdle });
  });
});

describe("I6: an action that died", () => {
  const facts = { token: 7, now, gate };

  test("is run again, and the death is counted apart from stale runs", () => {
    expect(expireTurn(running, facts)).toEqual({
      kind: "again",
      turn: { state: "waiting", ...held, token: 8, deaths: 2, dueAt: now },
      schedule: [{ run: "begin", token: 8, at: now }],
    });
  });

  test("for the third time goes to a person", () => {
    const dying = { ...running, deaths: MAX_DEATHS - 1 };
    expect(expireTurn(dying, facts)).toEqual({ kind: "handed_off", reason: "agent_failed", turn: toIdle });
  });

  test.each(closed)("%s: nobody is bothered", (reason, shut) => {
    const dying = { ...running, deaths: MAX_DEATHS - 1 };
    expect(expireTurn(dying, { ...facts, gate: shut })).toEqual({ kind: "dropped", reason, turn: toIdle });
  });

  test.each<[string, Turn, number]>([
    ["committed in time", idle, 7],
    ["was stale and waits again", waiting, 7],
    ["is an older run's", running, 6],
  ])("changes nothing when the lease that ran out %s", (_why, turn, token) => {
    expect(expireTurn(turn, { ...facts, token })).toEqual({ kind: "ignore" });
  });
});
