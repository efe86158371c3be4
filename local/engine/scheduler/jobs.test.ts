import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import { createHandle } from "../functions/addresses.ts";
import { NOON } from "../store/testing.ts";
import type { Transaction } from "../store/transaction.ts";
import { declareApp, makeContext, targetIn } from "../testing/context.ts";
import type { JsonObject } from "../types.ts";
import { cancelJob, type JobState, listJobs, loadState, pruneJobs, scheduleJob, setState } from "./jobs.ts";

const FIVE_YEARS_MS = 5 * 365 * 24 * 3_600_000;
const APP = declareApp({
  "": { "notes:add": "mutation", "mail:send": "action", "notes:list": "query" },
  vault: { "entries:add": "mutation" },
});
const PENDING: JobState = { kind: "pending" };
const FINAL: readonly JobState[] = [{ kind: "success" }, { kind: "failed", error: "bad luck" }, { kind: "canceled" }];

function setUp(app = APP) {
  const context = makeContext(app);
  const { store } = context;
  const keyOf = (id: string, component = "") => ({ component, id });
  const schedule = (operation: JsonObject, { from = "", job = null }: { from?: string; job?: string | null } = {}) =>
    store.write((tx) => {
      const running = job === null ? null : { ...keyOf(job), kind: "action" as const };
      const asked = { name: "notes:add", args: {}, ts: NOON / 1000, ...operation };
      const scope = { context, target: targetIn(app, "notes:add", from), tx, job: running };
      return scheduleJob(scope, asked);
    }).value;
  const rowOf = (id: string, component = ""): JsonObject | null =>
    store.write((tx) => {
      const text = tx.get(tx.ensureTable(component, "_scheduled_functions"), id);
      return text === null ? null : JSON.parse(text);
    }).value;
  const move = (id: string, state: JobState, now = NOON) =>
    void store.write((tx) => setState(tx, keyOf(id), state, now));
  const cancel = (id: string, now = NOON) => void store.write((tx) => cancelJob(tx, keyOf(id), now));
  const stateOf = (id: string) => store.write((tx) => loadState(tx, keyOf(id))?.kind).value;
  const list = (state: "pending" | "inProgress", component = "", loaded = app) =>
    store.write((tx) => [...listJobs(tx, loaded, component, state)]).value;
  const count = (table: string) => store.write((tx) => tx.count(tx.ensureTable("", table))).value;
  return { ...context, schedule, rowOf, move, cancel, stateOf, list, count };
}

describe("scheduling", () => {
  it("leaves a row with exactly the fields that apps see", () => {
    const { schedule, rowOf } = setUp();
    const id = schedule({ name: "mail:send", args: { text: "hi" }, ts: NOON / 1000 + 1.5 });
    expect(rowOf(id)).toEqual({
      _id: id,
      _creationTime: expect.any(Number),
      name: "mail.js:send",
      args: [{ text: "hi" }],
      scheduledTime: NOON + 1500,
      state: { kind: "pending" },
    });
  });

  it.each([
    [{ name: "notes:gone" }, "Attempted to schedule function at nonexistent path: notes.js:gone"],
    [{ name: "notes:list" }, "Cannot schedule notes.js:list: it is a query."],
    [{ args: { text: 7 } }, "ArgumentValidationError: "],
    [{ args: { surplus: "x" } }, "ArgumentValidationError: "],
    [{ ts: "soon" }, "Expected `ts` to be a number."],
    [{ name: 7 }, "Expected a function name, a reference or a function handle."],
    [{ ts: (NOON + FIVE_YEARS_MS + 1000) / 1000 }, "2030-12-31T12:00:01.000Z is more than five years away."],
    [{ ts: (NOON - FIVE_YEARS_MS - 1000) / 1000 }, "2021-01-02T11:59:59.000Z is more than five years away."],
  ])("%j is refused where it is asked for: %s", (operation, message) => {
    const { schedule, list } = setUp();
    expect(() => schedule(operation)).toThrow(DeveloperError);
    expect(() => schedule(operation)).toThrow(message);
    expect(list("pending")).toEqual([]);
  });

  it("takes what is just five years away, in either direction", () => {
    const { schedule, list } = setUp();
    for (const at of [NOON - FIVE_YEARS_MS, NOON + FIVE_YEARS_MS]) schedule({ ts: at / 1000 });
    expect(list("pending")).toHaveLength(2);
  });

  it("counts against the limits of the transaction that does it", () => {
    const context = makeContext(APP);
    const { value: usage } = context.store.write((tx) => {
      const scope = { context, target: targetIn(APP, "notes:add"), tx, job: null };
      scheduleJob(scope, { name: "notes:add", args: { text: "1234" }, ts: NOON / 1000 });
      return tx.usage;
    });
    expect(usage).toMatchObject({ functionsScheduled: 1, scheduledFunctionArgsBytes: `{"text":"1234"}`.length });
  });

  it("in a component belongs to it, whoever's function it is", () => {
    const { schedule, list } = setUp();
    const functionHandle = createHandle(targetIn(APP, "notes:add"));
    const id = schedule({ name: null, functionHandle }, { from: "vault" });
    expect(list("pending")).toEqual([]);
    expect(list("pending", "vault")).toEqual([
      { component: "vault", id, scheduledTime: NOON, args: {}, path: "notes:add", target: targetIn(APP, "notes:add") },
    ]);
  });

  it("of a running job that was cancelled leaves a job that is cancelled from the start", () => {
    const { schedule, move, cancel, stateOf } = setUp();
    const parent = schedule({});
    move(parent, { kind: "inProgress" });
    const before = schedule({}, { job: parent });
    cancel(parent);
    const after = schedule({}, { job: parent });
    expect([stateOf(before), stateOf(after)]).toEqual(["pending", "canceled"]);
  });
});

describe("a job's state", () => {
  it("moves on, with the time of completion when it is final and only then", () => {
    const { schedule, move, rowOf } = setUp();
    for (const state of FINAL) {
      const id = schedule({});
      move(id, { kind: "inProgress" }, NOON + 1);
      expect(rowOf(id)).not.toHaveProperty("completedTime");
      move(id, state, NOON + 2);
      expect(rowOf(id)).toMatchObject({ name: "notes.js:add", args: [{}], state, completedTime: NOON + 2 });
    }
  });

  it("that is cancelled is so for ever", () => {
    const { schedule, move, cancel, rowOf } = setUp();
    const state = fc.constantFrom<JobState>(PENDING, { kind: "inProgress" }, ...FINAL);
    fc.assert(
      fc.property(fc.array(state, { maxLength: 4 }), (states) => {
        const id = schedule({});
        cancel(id, NOON + 1);
        for (const one of states) move(id, one, NOON + 9);
        expect(rowOf(id)).toMatchObject({ state: { kind: "canceled" }, completedTime: NOON + 1 });
      }),
    );
  });

  it.each([
    ["pending", "canceled"],
    ["inProgress", "canceled"],
    ["success", "success"],
    ["failed", "failed"],
    ["canceled", "canceled"],
  ] as const)("that is %s is %s after a cancellation", (kind, expected) => {
    const { schedule, move, cancel, stateOf } = setUp();
    const id = schedule({});
    move(id, kind === "failed" ? { kind, error: "bad luck" } : { kind });
    cancel(id);
    expect(stateOf(id)).toBe(expected);
  });

  it("of a job that is gone is nothing, and cannot be changed", () => {
    const { schedule, move, cancel, stateOf, store } = setUp();
    const id = schedule({});
    store.write((tx) => tx.remove(tx.ensureTable("", "_scheduled_functions"), id));
    cancel(id);
    move(id, { kind: "success" });
    expect(stateOf(id)).toBeUndefined();
  });
});

describe("the list of jobs", () => {
  it("has those of one state, soonest first, those of one time in the order in which they were made", () => {
    const { schedule, move, list } = setUp();
    const ids = [3, 1, 2, 1].map((seconds) => schedule({ ts: NOON / 1000 + seconds }));
    move(ids[2] ?? "", { kind: "inProgress" });
    expect(list("pending").map(({ id }) => id)).toEqual([ids[1], ids[3], ids[0]]);
    expect(list("inProgress").map(({ id }) => id)).toEqual([ids[2]]);
  });

  it("names what is to be called, also when its component is not installed any more", () => {
    const { schedule, list } = setUp();
    const functionHandle = createHandle(targetIn(APP, "entries:add", "vault"));
    schedule({ name: null, functionHandle, args: { text: "x" } });
    const expected = { component: "", args: { text: "x" }, path: "entries:add" };
    expect(list("pending")).toMatchObject([{ ...expected, target: targetIn(APP, "entries:add", "vault") }]);
    expect(list("pending", "", declareApp({ "": {} }))).toMatchObject([{ ...expected, target: null }]);
  });

  it("has every job, also when each is moved on as it is read", () => {
    const { schedule, store } = setUp();
    const ids = [1, 2, 3].map((seconds) => schedule({ ts: NOON / 1000 + seconds }));
    const seen = store.write((tx) => takeAll(tx)).value;
    expect(seen).toEqual(ids);
  });
});

describe("pruning", () => {
  it("takes what has ended and was due before then, and the targets that go with it", () => {
    const { schedule, move, store, count, rowOf } = setUp();
    const at = (ms: number, state: JobState) => {
      const id = schedule({ ts: (NOON + ms) / 1000 });
      move(id, state);
      return id;
    };
    const ended = FINAL.map((state) => at(-1000, state));
    const kept = [at(-1000, PENDING), at(-1000, { kind: "inProgress" }), ...FINAL.map((state) => at(0, state))];
    expect(store.write((tx) => pruneJobs(tx, "", NOON, 100)).value).toBe(ended.length);
    expect([...ended, ...kept].filter((id) => rowOf(id) !== null)).toEqual(kept);
    expect(count("_scheduled_targets")).toBe(kept.length);
  });

  it("goes no further than its limit, over all states, and on from there the next time", () => {
    const { schedule, move, store } = setUp();
    for (const state of [...FINAL, ...FINAL]) move(schedule({ ts: NOON / 1000 - 1 }), state);
    const removed = [4, 4, 4].map((limit) => store.write((tx) => pruneJobs(tx, "", NOON, limit)).value);
    expect(removed).toEqual([4, 2, 0]);
  });

  it("keeps to its component", () => {
    const { schedule, store, list } = setUp();
    const id = schedule({ name: "entries:add", ts: NOON / 1000 - 1 }, { from: "vault" });
    store.write((tx) => setState(tx, { component: "vault", id }, { kind: "success" }, NOON));
    expect(store.write((tx) => pruneJobs(tx, "", NOON, 10)).value).toBe(0);
    expect(store.write((tx) => pruneJobs(tx, "vault", NOON, 10)).value).toBe(1);
    expect(list("pending", "vault")).toEqual([]);
  });
});

/** Starts every pending job while the list is being read. */
function takeAll(tx: Transaction): string[] {
  const seen: string[] = [];
  for (const { id } of listJobs(tx, APP, "", "pending")) {
    setState(tx, { component: "", id }, { kind: "inProgress" }, NOON);
    seen.push(id);
  }
  return seen;
}
