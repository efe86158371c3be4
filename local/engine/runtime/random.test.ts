import fc from "fast-check";
import { expect, test } from "vitest";
import { SeededRandom } from "./random.ts";

test("numbers lie in [0, 1) for every seed", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new SeededRandom(seed);
      const numbers = Array.from({ length: 50 }, () => random.next());
      expect(numbers.filter((number) => number < 0 || number >= 1)).toEqual([]);
    }),
  );
});

test("a seed gives one sequence", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const [first, second] = [new SeededRandom(seed), new SeededRandom(seed)];
      expect([first.uuid(), first.next()]).toEqual([second.uuid(), second.next()]);
    }),
  );
});

test("seeds that differ in any one bit give different sequences", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat({ max: 52 }), (seed, bit) => {
      const other = Number(BigInt(seed) ^ (1n << BigInt(bit)));
      expect(new SeededRandom(other).uuid()).not.toBe(new SeededRandom(seed).uuid());
    }),
  );
});

test("bytes spread over all values", () => {
  const bytes = new Uint8Array(20_000);
  new SeededRandom(1).fill(bytes);
  expect(new Set(bytes).size).toBe(256);
});
