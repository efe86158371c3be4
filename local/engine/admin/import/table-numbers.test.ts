import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportMode } from "./request.ts";
import { assignNumbers, type NumberingInput } from "./table-numbers.ts";

const MODES: readonly ImportMode[] = ["requireEmpty", "append", "replace", "replaceAll"];
const NOTHING: NumberingInput = { mode: "replace", existing: new Map(), listed: [], imported: [], declared: [] };

function assign(input: Partial<NumberingInput>): Record<string, number | null> {
  return Object.fromEntries(assignNumbers({ ...NOTHING, ...input }));
}

const existing = new Map([
  ["_storage", 540],
  ["a", 10_001],
  ["b", 10_002],
]);

describe("a table's number", () => {
  test.each<[string, Partial<NumberingInput>, Record<string, number | null>]>([
    ["is the one that the snapshot lists", { listed: [{ name: "a", number: 7 }] }, { a: 7 }],
    [
      "is listed before it is read from ids",
      { listed: [{ name: "a", number: 7 }], imported: [{ name: "a", firstNumber: 9 }] },
      { a: 7 },
    ],
    ["is that of its first id", { existing, imported: [{ name: "a", firstNumber: 10_009 }] }, { a: 10_009 }],
    ["stays, without ids", { existing, imported: [{ name: "a", firstNumber: null }] }, { a: 10_001 }],
    ["is any, for a new one without ids", { imported: [{ name: "new", firstNumber: null }] }, { new: null }],
    [
      "is any, when its own goes to another",
      {
        existing,
        imported: [
          { name: "a", firstNumber: null },
          { name: "b", firstNumber: 10_001 },
        ],
      },
      { a: null, b: 10_001 },
    ],
    [
      "stays when documents are appended",
      { mode: "append", existing, imported: [{ name: "a", firstNumber: 5 }] },
      { a: 10_001 },
    ],
    ["of files may change too", { existing, imported: [{ name: "_storage", firstNumber: 600 }] }, { _storage: 600 }],
  ])("%s", (_what, input, numbers) => {
    expect(assign(input)).toEqual(numbers);
  });

  test("of a table that the schema declares is kept or given when everything is replaced", () => {
    const listed = [{ name: "c", number: 10_001 }];
    expect(assign({ mode: "replaceAll", existing, listed, declared: ["a", "b"] })).toEqual({
      c: 10_001,
      a: null,
      b: 10_002,
    });
  });
});

describe("two tables with one number are refused", () => {
  test.each<[Partial<NumberingInput>, RegExp]>([
    [
      {
        listed: [
          { name: "a", number: 7 },
          { name: "b", number: 7 },
        ],
      },
      /conflict between `a` and `b` with number 7/,
    ],
    [
      {
        listed: [
          { name: "a", number: 7 },
          { name: "a", number: 8 },
        ],
      },
      /duplicate entries for `a`/,
    ],
    [{ listed: [{ name: "a", number: 7 }], imported: [{ name: "b", firstNumber: 7 }] }, /conflict between `a` and `b`/],
    [{ existing, imported: [{ name: "new", firstNumber: 10_002 }] }, /conflict with existing table b/],
    [{ existing, imported: [{ name: "new", firstNumber: 540 }] }, /conflict with existing internal table/],
    [{ mode: "replaceAll", existing, imported: [{ name: "new", firstNumber: 540 }] }, /existing internal table/],
  ])("%#", (input, message) => {
    expect(() => assign(input)).toThrow(message);
  });

  test("but not when the other goes or is numbered anew", () => {
    const imported = [{ name: "new", firstNumber: 10_002 }];
    expect(assign({ mode: "replaceAll", existing, imported })).toEqual({ new: 10_002 });
    const swapped = [
      { name: "a", number: 10_002 },
      { name: "b", number: 10_001 },
    ];
    expect(assign({ existing, listed: swapped })).toEqual({ a: 10_002, b: 10_001 });
  });
});

test("whatever comes, no two tables that are there afterwards have one number", () => {
  const name = fc.constantFrom("a", "b", "c", "d", "_storage");
  const number = fc.integer({ min: 1, max: 6 });
  const inputs = fc.record({
    mode: fc.constantFrom(...MODES),
    existing: fc
      .uniqueArray(fc.tuple(name, number), { selector: ([n]) => n })
      .filter((pairs) => new Set(pairs.map(([, n]) => n)).size === pairs.length)
      .map((pairs) => new Map(pairs)),
    listed: fc.array(fc.record({ name, number }), { maxLength: 3 }),
    imported: fc.uniqueArray(fc.record({ name, firstNumber: fc.option(number) }), { selector: (one) => one.name }),
    declared: fc.uniqueArray(fc.constantFrom("a", "b", "c")),
  });
  fc.assert(
    fc.property(inputs, (input) => {
      const numbers = attempt(input);
      if (numbers === null) return;
      const stays = [...input.existing].filter(
        ([one]) => !numbers.has(one) && (input.mode !== "replaceAll" || one.startsWith("_")),
      );
      const after = [...numbers, ...stays].map(([, one]) => one).filter((one) => one !== null);
      expect(new Set(after).size).toBe(after.length);
    }),
  );
});

function attempt(input: NumberingInput): Map<string, number | null> | null {
  try {
    return assignNumbers(input);
  } catch {
    return null;
  }
}
