import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReadRange } from "../types.ts";
import { TRANSACTION_LIMITS } from "../values/limits.ts";
import { ReadLimitError } from "./limit-messages.ts";
import { Meter } from "./meter.ts";
import { ReadSet } from "./read-set.ts";

const key = (n: number) => Buffer.from([n >> 8, n & 255]);
const range = (index: number, low: number, high: number) => ({ index, low: key(low), high: key(high) });

const rangesOf = (set: ReadSet) => set.all.filter((read) => "low" in read);

describe("a read set", () => {
  it("covers the same keys after it made touching ranges one", () => {
    const ranges = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 2 }), fc.nat({ max: 200 }), fc.integer({ min: 1, max: 9 })),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(ranges, (parts) => {
        const set = new ReadSet(new Meter());
        const added = parts.map(([index, low, length]) => range(index, low, low + length));
        for (let i = 0; i <= TRANSACTION_LIMITS.databaseQueries; i++)
          set.add(added[i % added.length] ?? range(1, 0, 1));
        expect(set.size).toBeLessThanOrEqual(added.length);
        const points = [1, 2].flatMap((index) => Array.from({ length: 220 }, (_, at) => ({ index, at: key(at) })));
        const isIn = (list: readonly ReadRange[], { index, at }: { index: number; at: Buffer }) =>
          list.some(
            (one) => one.index === index && Buffer.compare(one.low, at) <= 0 && Buffer.compare(at, one.high) < 0,
          );
        expect(points.filter((point) => isIn(rangesOf(set), point))).toEqual(
          points.filter((point) => isIn(added, point)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("refuses more ranges than production reads", () => {
    const set = new ReadSet(new Meter());
    for (let i = 0; i < TRANSACTION_LIMITS.databaseQueries; i++) set.add(range(1, 2 * i, 2 * i + 1));
    expect(() => set.add(range(2, 0, 1))).toThrow(ReadLimitError);
    expect(() => set.add(range(2, 0, 1))).toThrow("Too many reads in a single function execution (limit: 4096).");
  });

  it("counts ranges that touch each other as one, and those of no query and searches as none", () => {
    const set = new ReadSet(new Meter());
    set.add(range(1, 0, 5));
    set.add(range(1, 0, 5));
    set.open(range(1, 5, 9));
    set.addUncounted(range(2, 0, 1));
    set.addUncounted({ index: 3, terms: ["red"], prefix: "red", filters: [] });
    expect(set.size).toBe(1);
    expect(set.all).toHaveLength(5);
    set.add(range(1, 10, 11));
    expect(set.size).toBe(2);
  });

  it("refuses by the limit that holds at the moment, as production counts", () => {
    const meter = new Meter();
    const set = new ReadSet(meter);
    set.add(range(1, 0, 5));
    meter.limited({ ...TRANSACTION_LIMITS, databaseQueries: 2 }, () => {
      set.add(range(1, 4, 8));
      set.add(range(1, 20, 21));
      set.add(range(1, 20, 22));
      expect(() => set.add(range(1, 30, 31))).toThrow("Too many reads in a single function execution (limit: 2).");
    });
    expect(() => set.add(range(1, 40, 41))).not.toThrow();
  });

  it("lets a range grow until it is closed", () => {
    const set = new ReadSet(new Meter());
    const growing = range(1, 0, 0);
    set.open(growing);
    growing.high = key(5);
    expect(set.all).toEqual([range(1, 0, 5)]);
    set.close(growing);
    set.close(growing);
    expect(set.all).toEqual([range(1, 0, 5)]);
    expect(set.size).toBe(1);
  });
});
