import { describe, expect, test } from "vitest";
import type { Execution } from "../admin/execution-log.ts";
import { FunctionStats } from "./function-stats.ts";

const CALL: Execution = {
  kind: "query",
  component: "",
  path: "notes:list",
  startedAt: 1_000,
  durationMs: 1,
  logLines: [],
  error: null,
};

function statsOf(...calls: Partial<Execution>[]): FunctionStats {
  const stats = new FunctionStats();
  for (const call of calls) stats.record({ ...CALL, ...call });
  return stats;
}

describe("a function", () => {
  test("is counted, with its failures and when it was called last", () => {
    const stats = statsOf({ startedAt: 1 }, { startedAt: 5, error: "no" }, { startedAt: 9 });
    expect(stats.list()).toEqual([
      { component: "", path: "notes:list", kind: "query", calls: 3, errors: 1, p50Ms: 1, p95Ms: 1, lastAt: 9 },
    ]);
  });

  test("is another in another component", () => {
    expect(statsOf({}, { component: "part" }).list()).toHaveLength(2);
  });
});

test.each([
  [[7], 7, 7],
  [[4, 1, 3, 2], 2, 4],
  [Array.from({ length: 100 }, (_, n) => 100 - n), 50, 95],
])("of %j the half took %d ms at most, and nearly all %d ms", (durations, p50Ms, p95Ms) => {
  expect(statsOf(...durations.map((durationMs) => ({ durationMs }))).list()).toMatchObject([{ p50Ms, p95Ms }]);
});

test("old calls fall out of the percentiles, not out of the count", () => {
  const slow = Array.from({ length: 300 }, () => ({ durationMs: 1_000 }));
  const quick = Array.from({ length: 256 }, () => ({ durationMs: 2 }));
  expect(statsOf(...slow, ...quick).list()).toMatchObject([{ calls: 556, p50Ms: 2, p95Ms: 2 }]);
});

test("however many paths there are, the ones that were called last are known", () => {
  const paths = Array.from({ length: 600 }, (_, n) => ({ path: `GET /thing/${n}` }));
  const listed = statsOf(...paths, { path: "GET /thing/150" }).list();
  expect(listed).toHaveLength(500);
  expect(listed.at(-1)?.path).toBe("GET /thing/150");
  expect(listed.at(0)?.path).toBe("GET /thing/101");
});
