import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Backoff, backoffMs } from "./backoff.ts";

const doubling: Backoff = { baseMs: 1_000, factor: 2, capMs: 10_000 };
const anyBackoff = fc.record({
  baseMs: fc.integer({ min: 1, max: 60_000 }),
  factor: fc.integer({ min: 1, max: 4 }),
  capMs: fc.integer({ min: 1, max: 3_600_000 }),
});
const jitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test.each([
  [1, 0, 500],
  [1, 0.5, 750],
  [2, 0, 1_000],
  [3, 0, 2_000],
  [4, 0.5, 6_000],
  [5, 0, 5_000],
  [60, 0.5, 7_500],
])("I9: after failure %i with jitter %d the wait is %i ms", (attempt, spread, expected) => {
  expect(backoffMs(doubling, attempt, spread)).toBe(expected);
});

describe("I9: laws of waiting", () => {
  test("no wait is longer than the cap, however often it failed", () => {
    fc.assert(
      fc.property(anyBackoff, fc.integer({ min: 1, max: 10_000 }), jitter, (backoff, attempt, spread) => {
        expect(backoffMs(backoff, attempt, spread)).toBeLessThanOrEqual(backoff.capMs);
      }),
    );
  });

  test("with the same jitter a later failure never waits less", () => {
    fc.assert(
      fc.property(anyBackoff, fc.integer({ min: 1, max: 50 }), jitter, (backoff, attempt, spread) => {
        expect(backoffMs(backoff, attempt + 1, spread)).toBeGreaterThanOrEqual(backoffMs(backoff, attempt, spread));
      }),
    );
  });

  test("jitter spreads the waits and never makes one zero", () => {
    const waits = [0, 0.25, 0.5, 0.75].map((spread) => backoffMs(doubling, 3, spread));
    expect(waits).toEqual([2_000, 2_500, 3_000, 3_500]);
  });
});
