import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Collection, damping, roundLength, termWeight } from "./bm25.ts";

const collection: Collection = { documents: 100, terms: 2_000 };

function scoreOf(documentsWith: number, { count, length }: { count: number; length: number }): number {
  const { base, perTerm } = damping(collection);
  return (termWeight(collection, documentsWith) * count) / (count + base + perTerm * length);
}

describe("the score of a term", () => {
  it("is that of the formula, worked out by hand", () => {
    // ln(1 + 99.5 / 1.5) * 2.2 * 2 / (2 + 1.2 * (0.25 + 0.75 * 30 / 20))
    expect(scoreOf(1, { count: 2, length: 30 })).toBeCloseTo(5.0747, 3);
  });

  it("is positive, even for a term that every document has", () => {
    expect(scoreOf(100, { count: 1, length: 20 })).toBeGreaterThan(0);
  });

  it("grows with the rarity of the term and with its count, and shrinks with the length of the document", () => {
    const number = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(number, number, number, (documentsWith, count, length) => {
        const score = scoreOf(documentsWith, { count, length });
        expect(scoreOf(documentsWith + 1, { count, length })).toBeLessThan(score);
        expect(scoreOf(documentsWith, { count: count + 1, length })).toBeGreaterThan(score);
        expect(scoreOf(documentsWith, { count, length: length + 1 })).toBeLessThan(score);
      }),
    );
  });
});

describe("a document's length", () => {
  it.each([
    [0, 0],
    [24, 24],
    [25, 25],
    [40, 40],
    [41, 40],
    [42, 42],
    [57, 56],
    [63, 60],
    [88, 88],
    [95, 88],
    [104, 104],
    [1_000, 984],
  ])("of %i terms counts as %i", (length, rounded) => {
    expect(roundLength(length)).toBe(rounded);
  });

  it("is rounded by less than an eighth, and never past a longer one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), (length) => {
        const rounded = roundLength(length);
        expect(rounded).toBeLessThanOrEqual(length);
        expect(rounded).toBeGreaterThan(length * (7 / 8));
        expect(roundLength(length + 1)).toBeGreaterThanOrEqual(rounded);
      }),
    );
  });
});
