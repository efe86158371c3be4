import fc from "fast-check";
import { expect, test } from "vitest";
import type { TextEntry, TextRead } from "../types.ts";
import { TextReaders } from "./text-readers.ts";

// Few terms, fields and values, so that searches meet and repeat.
const term = fc.constantFrom("a", "ab", "abc", "b", "bc");
const filter = fc.record({ field: fc.constantFrom("x", "y", "z"), value: fc.constantFrom("1", "2") });
const read: fc.Arbitrary<TextRead> = fc.record({
  index: fc.constant(7),
  terms: fc.array(term, { minLength: 1, maxLength: 3 }),
  prefix: term,
  filters: fc.array(filter, { maxLength: 3 }),
});
const step = fc.record({ isAdd: fc.boolean(), read, owner: fc.integer({ min: 0, max: 4 }) });
const value = fc.constantFrom("1", "2");
const entry: fc.Arbitrary<TextEntry> = fc
  .tuple(fc.array(term, { maxLength: 3 }), value, value, value)
  .map(([terms, x, y, z]) => ({
    terms: new Map(terms.map((one) => [one, 1])),
    length: terms.length,
    filters: new Map([
      ["x", x],
      ["y", y],
      ["z", z],
    ]),
  }));

/** What a search says of itself, taken literally. */
function matches({ terms, prefix, filters }: TextRead, { terms: has, filters: values }: TextEntry): boolean {
  const isFound = [...has.keys()].some((one) => terms.includes(one) || one.startsWith(prefix));
  return isFound && filters.every(({ field, value: wanted }) => values.get(field) === wanted);
}

function ownersOf(readers: TextReaders<number>, of: TextEntry): number[] {
  const found = new Set<number>();
  readers.collect(of, found);
  return [...found].toSorted((a, b) => a - b);
}

test("after any adds and deletes, a document finds exactly the owners that asking every search would", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.array(entry, { minLength: 1, maxLength: 6 }),
      (steps, entries) => {
        const readers = new TextReaders<number>();
        const model: { read: TextRead; owner: number }[] = [];
        for (const { isAdd, read: asked, owner } of steps) {
          // What is deleted is mostly something that was added.
          const kept = model.findIndex((one) => one.owner === owner);
          if (isAdd) {
            readers.add(asked, owner);
            model.push({ read: asked, owner });
          } else if (kept !== -1) {
            const [gone] = model.splice(kept, 1);
            if (gone !== undefined) readers.delete(gone.read, owner);
          }
        }
        for (const one of entries) {
          const expected = new Set(model.filter((kept) => matches(kept.read, one)).map(({ owner }) => owner));
          expect(ownersOf(readers, one)).toEqual([...expected].toSorted((a, b) => a - b));
        }
        const all = new Set<number>();
        readers.collectAll(all);
        expect(all).toEqual(new Set(model.map(({ owner }) => owner)));
        expect(readers.isEmpty).toBe(model.length === 0);
      },
    ),
    { numRuns: 300 },
  );
});

test("deleting what was never added changes nothing", () => {
  fc.assert(
    fc.property(read, read, entry, (kept, other, document) => {
      const readers = new TextReaders<number>();
      readers.add(kept, 1);
      readers.delete(other, 2);
      expect(ownersOf(readers, document)).toEqual(matches(kept, document) ? [1] : []);
    }),
  );
});

test("two filters on one field that differ are no document's", () => {
  const readers = new TextReaders<number>();
  const filters = [
    { field: "x", value: "1" },
    { field: "x", value: "2" },
  ];
  readers.add({ index: 7, terms: ["a"], prefix: "a", filters }, 1);
  for (const one of ["1", "2"]) {
    expect(ownersOf(readers, { terms: new Map([["a", 1]]), length: 1, filters: new Map([["x", one]]) })).toEqual([]);
  }
});

test("10,000 searches for one term, each for a tenant of its own: asking, and replacing each one, never walks them all", () => {
  const readers = new TextReaders<number>();
  const count = 10_000;
  const searchOf = (n: number): TextRead => ({
    index: 7,
    terms: ["tea"],
    prefix: "tea",
    filters: [
      { field: "status", value: "open" },
      { field: "tenant", value: String(n) },
    ],
  });
  const wrong: number[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < count; n += 1) readers.add(searchOf(n), n);
  for (let n = 0; n < count; n += 1) {
    const filters = new Map([
      ["status", "open"],
      ["tenant", String(n)],
    ]);
    const found = ownersOf(readers, { terms: new Map([["teapot", 1]]), length: 1, filters });
    if (found.length !== 1 || found[0] !== n) wrong.push(n);
    readers.delete(searchOf(n), n);
    readers.add(searchOf(n), n);
  }
  expect(wrong).toEqual([]);
  // Asking every search compares 10^8 filters here, which takes many times as long.
  expect(performance.now() - startedAt).toBeLessThan(4_000);
});
