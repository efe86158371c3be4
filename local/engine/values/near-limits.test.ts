import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNear, nearLimit, nearTimeLimit } from "./near-limits.ts";

describe("near a limit", () => {
  it("is what is beyond four fifths of it and not beyond it", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (actual, limit) => {
        expect(isNear({ actual, limit })).toBe(actual > Math.floor(limit * 0.8) && actual <= limit);
      }),
    );
    expect([12, 13, 16, 17].map((actual) => isNear({ actual, limit: 16 }))).toEqual([false, true, true, false]);
  });

  it("is told in production's words, with the unit after both numbers", () => {
    const amount = { actual: 13, limit: 16, unit: " levels" };
    expect(nearLimit("Deep", amount)).toEqual(["Deep (actual: 13 levels, limit: 16 levels)."]);
    expect(nearLimit("Many", { ...amount, unit: "" })).toEqual(["Many (actual: 13, limit: 16)."]);
    expect(nearLimit("Deep", { ...amount, actual: 12 })).toEqual([]);
    expect(nearLimit("Deep", { ...amount, actual: 17 })).toEqual([]);
  });

  it.each([
    [800, []],
    [801.23456, ["Function execution took a long time. (maximum duration: 1s, actual duration: 801.235ms)."]],
    [1000, ["Function execution took a long time. (maximum duration: 1s, actual duration: 1000ms)."]],
    [1000.5, []],
  ])("in time is a duration: %d ms of a second", (actualMs, warnings) => {
    expect(nearTimeLimit(actualMs, 1000)).toEqual(warnings);
  });
});
