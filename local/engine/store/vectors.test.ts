import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UNDEFINED, type Value } from "../values/encoding.ts";
import { wrapFloat64, wrapInt64 } from "../values/wrapped.ts";
import { Best, dotProduct, norm, vectorOf } from "./vectors.ts";

describe("the vector in a field", () => {
  it.each<[Value, number[]]>([
    [
      [1, 0.5],
      [1, 0.5],
    ],
    [
      [wrapFloat64(-0), 3e-50],
      [-0, 0],
    ],
  ])("of %j is %j", (value, vector) => {
    expect(vectorOf(value, 2)).toEqual(Float32Array.from(vector));
  });

  it.each<[Value]>([
    [UNDEFINED],
    [null],
    ["12"],
    [{ 0: 1, 1: 2, length: 2 }],
    [[]],
    [[1]],
    [[1, 2, 3]],
    [[1, "2"]],
    [[1, null]],
    [[1, wrapInt64(2n)]],
    [[1, wrapFloat64(Number.NaN)]],
    [[1, wrapFloat64(Number.POSITIVE_INFINITY)]],
    [[1, 1e300]],
    [[1, [2]]],
  ])("is none in %j", (value) => {
    expect(vectorOf(value, 2)).toBeNull();
  });
});

describe("arithmetic", () => {
  it("is that of the school", () => {
    const [a, b] = [Float32Array.of(3, 4), Float32Array.of(-1, 2)];
    expect(dotProduct(a, b)).toBe(5);
    expect(norm(a)).toBe(5);
    expect(norm(Float32Array.of(0, 0))).toBe(0);
  });
});

describe("the best", () => {
  it("are the first of all in order of score, the lower row first among equals", () => {
    const scores = fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 30 });
    fc.assert(
      fc.property(scores, fc.nat({ max: 8 }), (shown, limit) => {
        const all = shown.map((score, row) => ({ row, score }));
        const best = new Best(limit);
        for (const one of all) best.show(one);
        expect(best.kept).toEqual(all.toSorted((a, b) => b.score - a.score || a.row - b.row).slice(0, limit));
      }),
    );
  });
});
