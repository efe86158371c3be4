import { getConvexSize } from "convex/values";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { JsonObject } from "../types.ts";
import { TRANSACTION_LIMITS } from "../values/limits.ts";
import { parseBudget } from "./transaction-limits.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("parts");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const MIB = 1024 * 1024;
const METRIC = z.object({ used: z.number(), remaining: z.number() });
const METRICS = z.record(z.string(), METRIC);
type Metrics = z.infer<typeof METRICS>;
const ANSWER = z.object({ before: METRICS, after: METRICS, noted: z.string() });

const NOTHING = Object.fromEntries(Object.keys(TRANSACTION_LIMITS).map((name) => [name, 0]));

describe("what a transaction used of its limits", () => {
  it("is nothing at its start, and all that it did so far, also in what it called", async () => {
    const { before, after } = ANSWER.parse(await world.call("metrics:used", { text: "counted" }));
    expect(used(before)).toEqual(NOTHING);
    expect(used(after)).toMatchObject({
      documentsRead: 1,
      documentsWritten: 1,
      functionsScheduled: 1,
      databaseQueries: 1,
      scheduledFunctionArgsBytes: getConvexSize([{ text: "counted" }]),
    });
    expect(after["bytesRead"]?.used).toBe(after["bytesWritten"]?.used);
  });

  it("is no document at its start, too, when the mutation was rehearsed", async () => {
    const rehearsing = await startTestWorld("parts", { rehearseMutations: true });
    const { before, after } = ANSWER.parse(await rehearsing.call("metrics:used", { text: "counted" }));
    await rehearsing.close();
    expect(used(before)).toMatchObject({ documentsRead: 0, documentsWritten: 0, functionsScheduled: 0 });
    expect(used(after)).toMatchObject({ documentsRead: 1, documentsWritten: 1, functionsScheduled: 1 });
  });

  it("adds up to the limit with what remains", async () => {
    const { before, after } = ANSWER.parse(await world.call("metrics:used", { text: "limits" }));
    expect(totals(after)).toEqual(totals(before));
    expect(totals(before)).toEqual(TRANSACTION_LIMITS);
  });

  it("knows the files that a mutation stores and reads", async () => {
    const metrics = METRICS.parse(await world.call("metrics:storeAll", { texts: ["a", "bc"] }));
    expect(used(metrics)).toMatchObject({ filesWritten: 2, fileWriteBytes: 3, filesRead: 2, fileReadBytes: 3 });
    await expect(world.call("metrics:storeAll", { texts: Array(11).fill("x") })).rejects.toThrow(
      "Too many files written in a single function execution (limit: 10)",
    );
  });
});

describe("arguments of a scheduled function", () => {
  const schedule = async (...sizes: number[]) =>
    METRICS.parse(await world.call("metrics:scheduleAll", { texts: sizes.map((size) => "x".repeat(size)) }));
  const frame = getConvexSize([{ text: "" }]);

  it("may be larger than a document, and count as values", async () => {
    const metrics = await schedule(5 * MIB - frame, 11 * MIB - frame);
    expect(metrics["scheduledFunctionArgsBytes"]).toEqual({ used: 16 * MIB, remaining: 0 });
  });

  it("are warned of by the megabyte, in the log of the call that schedules them", () => {
    const call = { component: "", path: "metrics:scheduleAll", identity: null, publicOnly: true };
    const { logLines } = world.running.engine.runMutation({ ...call, args: { texts: ["x".repeat(4 * MIB), "x"] } });
    expect(logLines).toEqual([
      expect.stringMatching(
        /^\[WARN\] Large arguments for a single scheduled function from this mutation\. This will/u,
      ),
    ]);
  });

  it("are 16 MiB of one mutation", async () => {
    await expect(schedule(8 * MIB, 8 * MIB - 2 * frame + 1)).rejects.toThrow(
      "Too large total size of the arguments of scheduled functions from this mutation (limit: 16777216 bytes)",
    );
  });
});

describe("a call under limits", () => {
  const OUTCOME = z.object({
    value: z.unknown().optional(),
    error: z.string().optional(),
    before: METRICS,
    after: METRICS,
    kept: z.array(z.string()),
  });
  const under = async (kind: "query" | "mutation" | "stale", name: string, { args = {}, limits = {} }: Under = {}) =>
    OUTCOME.parse(await world.call("metrics:under", { kind, name: `metrics:${name}`, args, limits }));
  type Under = { args?: JsonObject; limits?: JsonObject };
  const notes = (...texts: string[]) => ({ texts });
  const kept = async () => (await under("query", "readTwice")).kept;

  let before: string[];
  beforeEach(async () => {
    before = await kept();
  });

  it("may use all that it was given, and its caller's transaction counts it", async () => {
    const outcome = await under("mutation", "noteAll", { args: notes("a", "b"), limits: { documentsWritten: 2 } });
    expect(outcome.error).toBeUndefined();
    expect(outcome.kept).toEqual([...before, "a", "b"]);
    expect(METRICS.parse(outcome.value)["documentsWritten"]).toEqual({ used: 2, remaining: 0 });
    expect(outcome.after["documentsWritten"]).toEqual({ used: 2, remaining: 15_998 });
  });

  it("fails at the first thing beyond them; its caller may catch that, and what it wrote is undone", async () => {
    const outcome = await under("mutation", "noteAll", { args: notes("c", "d", "e"), limits: { documentsWritten: 2 } });
    expect(outcome.error).toMatch(/^.*Too many writes in a single function execution \(limit: 2\)/u);
    expect(outcome.kept).toEqual(before);
    expect(await kept()).toEqual(before);
    expect(used(outcome.after)).toMatchObject({ documentsWritten: 0, bytesWritten: 0 });
  });

  it.each([
    ["bytesWritten", "noteAll", { bytesWritten: 10 }, "Too many bytes written in a single function execution"],
    ["functionsScheduled", "scheduleAll", { functionsScheduled: 1 }, "Too many functions scheduled by this mutation"],
    [
      "scheduledFunctionArgsBytes",
      "scheduleAll",
      { scheduledFunctionArgsBytes: getConvexSize([{ text: "a" }]) },
      "Too large total size of the arguments of scheduled functions from this mutation",
    ],
    ["filesWritten", "storeAll", { filesWritten: 1 }, "Too many files written in a single function execution"],
    ["fileReadBytes", "storeAll", { fileReadBytes: 1 }, "Too many bytes of files read in a single function execution"],
  ])("is held to %s", async (resource, name, limits, refusal) => {
    const outcome = await under("mutation", name, { args: notes("a", "b"), limits });
    const [limit = 0] = Object.values(limits);
    expect(outcome.error).toContain(`${refusal} (limit: ${limit}`);
    const enough = await under("mutation", name, { args: notes("a", "b"), limits: { [resource]: 2 * limit + 1_000 } });
    expect(enough.error).toBeUndefined();
  });

  it.each([
    ["documentsRead", "Too many documents read in a single function execution"],
    ["bytesRead", "Too many bytes read in a single function execution"],
    ["databaseQueries", "Too many reads in a single function execution"],
  ])("is held to %s, and what it read stays read", async (resource, refusal) => {
    const free = METRICS.parse((await under("query", "readTwice")).value);
    const needed = free[resource]?.used ?? 0;
    const enough = await under("query", "readTwice", { limits: { [resource]: needed } });
    expect(METRICS.parse(enough.value)[resource]).toEqual({ used: needed, remaining: 0 });
    const short = await under("query", "readTwice", { limits: { [resource]: needed - 1 } });
    expect(short.error).toContain(`${refusal} (limit: ${needed - 1}`);
    expect(short.after[resource]?.used).toBeGreaterThanOrEqual(needed - 1);
  });

  it("gets an earlier end of its page instead of a failure", async () => {
    const { value } = await under("query", "pageOfNotes", { args: { size: 100 }, limits: { documentsRead: 1 } });
    expect(value).toEqual({ length: 1, isDone: false, pageStatus: "SplitRequired" });
  });

  it("cannot give what it calls more than it has itself", async () => {
    const limits = { documentsWritten: 1 };
    const outcome = await under("mutation", "askForMore", { args: notes("f", "g"), limits });
    expect(outcome.error).toContain("Too many writes in a single function execution (limit: 1)");
    expect(outcome.kept).toEqual(before);
  });

  it("of a stale snapshot has them too, in a transaction of its own", async () => {
    const outcome = await under("stale", "readTwice", { limits: { documentsRead: 1 } });
    expect(outcome.error).toContain("Too many documents read in a single function execution (limit: 1).");
    expect(used(outcome.after)).toEqual(NOTHING);
  });

  it("may ask for more than production allows, and has no more", async () => {
    const outcome = await under("mutation", "noteAll", { args: notes(), limits: { documentsWritten: 1e9, other: 1 } });
    expect(totals(METRICS.parse(outcome.value))).toEqual(TRANSACTION_LIMITS);
  });

  it.each([{ documentsRead: -1 }, { documentsRead: 1.5 }, { documentsRead: "many" }])(
    "is refused %j",
    async (limits) => {
      const { error } = await under("query", "readTwice", { limits });
      expect(error).toContain("Invalid arguments for `runUdf`: `documentsRead` of `transactionLimits` must be a whole");
    },
  );
});

describe("limits that say nothing", () => {
  it.each<JsonObject>([{}, { transactionLimits: null }, { transactionLimits: {} }])(
    "are all that is left: %j",
    (args) => {
      expect(parseBudget(args)).toEqual({});
    },
  );

  it("are no list", () => {
    expect(() => parseBudget({ transactionLimits: [1] })).toThrow("`transactionLimits` must be an object");
  });
});

function used(metrics: Metrics): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric.used]));
}

function totals(metrics: Metrics): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric.used + metric.remaining]));
}
