import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing.ts";
import { transactionMetrics } from "./transaction-metrics.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("parts");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const METRIC = z.object({ used: z.number(), remaining: z.number() });
const METRICS = z.record(z.string(), METRIC);
const ANSWER = z.object({ before: METRICS, after: METRICS, noted: z.string() });

const NOTHING = {
  bytesRead: 0,
  bytesWritten: 0,
  databaseQueries: 0,
  documentsRead: 0,
  documentsWritten: 0,
  functionsScheduled: 0,
  scheduledFunctionArgsBytes: 0,
};

describe("what a transaction used of its limits", () => {
  it("is nothing at its start, and all that it did so far, also in what it called", async () => {
    const { before, after } = ANSWER.parse(await world.call("metrics:used", { text: "counted" }));
    expect(used(before)).toEqual(NOTHING);
    const args = JSON.stringify({ text: "counted" }).length;
    expect(used(after)).toMatchObject({ documentsRead: 1, documentsWritten: 1, functionsScheduled: 1 });
    expect(used(after)).toMatchObject({ databaseQueries: 1, scheduledFunctionArgsBytes: args });
    expect(after["bytesRead"]?.used).toBe(after["bytesWritten"]?.used);
  });

  it("adds up to the limit with what remains", async () => {
    const { before, after } = ANSWER.parse(await world.call("metrics:used", { text: "limits" }));
    expect(totals(after)).toEqual(totals(before));
    expect(totals(before)).toMatchObject({
      documentsRead: 32_000,
      documentsWritten: 16_000,
      functionsScheduled: 1_000,
    });
  });

  it("leaves nothing, and no less, beyond a limit", () => {
    const metrics = METRICS.parse(JSON.parse(transactionMetrics({ usage: { ...NOTHING, databaseQueries: 9_999 } })));
    expect(metrics["databaseQueries"]).toEqual({ used: 9_999, remaining: 0 });
  });
});

function used(metrics: z.infer<typeof METRICS>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric.used]));
}

function totals(metrics: z.infer<typeof METRICS>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric.used + metric.remaining]));
}
