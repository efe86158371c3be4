import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slopeOf } from "./slope.ts";

describe("a slope", () => {
  it("is that of the line on which the points lie, in any order", () => {
    const coefficient = fc.integer({ min: -50, max: 50 });
    const xs = fc.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(coefficient, coefficient, xs, (slope, start, all) => {
        expect(slopeOf(all.map((x) => ({ x, y: start + slope * x })))).toBeCloseTo(slope);
      }),
    );
  });

  it("does not follow a few points that lie anywhere", () => {
    const flat = Array.from({ length: 20 }, (_, x) => ({ x, y: 5 + (x % 2) / 100 }));
    const spoiled = flat.map((point) => (point.x % 7 === 0 ? { ...point, y: 1_000 * point.x } : point));
    expect(Math.abs(slopeOf(spoiled))).toBeLessThan(0.1);
  });

  it("shows a leak under the noise of a heap", () => {
    const points = Array.from({ length: 40 }, (_, x) => ({ x, y: 50 + 0.2 * x + ((x * 37) % 11) / 2 }));
    expect(slopeOf(points)).toBeGreaterThan(0.1);
  });

  it("needs two points", () => {
    expect(() => slopeOf([{ x: 1, y: 1 }])).toThrow("two points");
  });
});
