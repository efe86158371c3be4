import fc from "fast-check";
import { expect, test } from "vitest";
import { IntervalIndex } from "./interval-index.ts";

type Step = { isAdd: boolean; low: number[]; high: number[]; owner: number };

// Few distinct bytes, so that intervals meet, nest and repeat.
const key = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.record({
  isAdd: fc.boolean(),
  low: key,
  high: key,
  owner: fc.integer({ min: 0, max: 4 }),
});

function nameOf({ low, high, owner }: Step): string {
  return `${low.join(".")}|${high.join(".")}|${owner}`;
}

/** The steps applied to an index and to the plainest thing that could be right. */
function apply(steps: Step[]): { index: IntervalIndex<number>; model: Map<string, Step> } {
  const index = new IntervalIndex<number>();
  const model = new Map<string, Step>();
  for (const current of steps) {
    const interval = { low: Buffer.from(current.low), high: Buffer.from(current.high) };
    if (current.isAdd) {
      index.add(interval, current.owner);
      model.set(nameOf(current), current);
    } else {
      index.delete(interval, current.owner);
      model.delete(nameOf(current));
    }
  }
  return { index, model };
}

function ownersAt(index: IntervalIndex<number>, at: Buffer): number[] {
  const found = new Set<number>();
  index.collect(at, found);
  return [...found].sort((a, b) => a - b);
}

test("after any adds and deletes, a key finds exactly the owners a linear scan would", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.array(key, { minLength: 1, maxLength: 10 }), (steps, keys) => {
      const { index, model } = apply(steps);
      for (const bytes of keys) {
        const at = Buffer.from(bytes);
        const holds = ({ low, high }: Step) =>
          Buffer.compare(Buffer.from(low), at) <= 0 && Buffer.compare(Buffer.from(high), at) > 0;
        const expected = new Set([...model.values()].filter(holds).map(({ owner }) => owner));
        expect(ownersAt(index, at)).toEqual([...expected].sort((a, b) => a - b));
      }
    }),
    { numRuns: 500 },
  );
});

test("asking for all finds every owner, empty intervals included, and empty means none are left", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { index, model } = apply(steps);
      const found = new Set<number>();
      index.collectAll(found);
      expect([...found].sort((a, b) => a - b)).toEqual(
        [...new Set([...model.values()].map(({ owner }) => owner))].sort((a, b) => a - b),
      );
      expect(index.isEmpty).toBe(model.size === 0);
    }),
  );
});

test("the low end belongs to an interval, the high end does not", () => {
  const index = new IntervalIndex<number>();
  index.add({ low: Buffer.from("b"), high: Buffer.from("d") }, 1);
  expect(ownersAt(index, Buffer.from("a"))).toEqual([]);
  expect(ownersAt(index, Buffer.from("b"))).toEqual([1]);
  expect(ownersAt(index, Buffer.from("c\xff"))).toEqual([1]);
  expect(ownersAt(index, Buffer.from("d"))).toEqual([]);
});

test("10,000 intervals in order: asking, and replacing each one, never walks them all", () => {
  const index = new IntervalIndex<number>();
  const keyOf = (n: number) => Buffer.from(String(n).padStart(6, "0"));
  const intervalOf = (n: number) => ({ low: keyOf(n), high: Buffer.concat([keyOf(n), Buffer.from([0])]) });
  const count = 10_000;
  const startedAt = performance.now();
  for (let n = 0; n < count; n += 1) index.add(intervalOf(n), n);
  for (let n = 0; n < count; n += 1) {
    expect(ownersAt(index, keyOf(n))).toEqual([n]);
    index.delete(intervalOf(n), n);
    index.add(intervalOf(n), n);
  }
  // A linear scan compares 10^8 keys here, which takes many times as long.
  expect(performance.now() - startedAt).toBeLessThan(4_000);
});
