import { compareValues as convexCompare, jsonToConvex } from "convex/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../types.ts";
import { UNDEFINED, type Value, compareValues, encodeKey, idOfKey, prefixEnd, valueOf } from "./encoding.ts";
import { encodeId } from "./ids.ts";
import { values } from "./testing.ts";
import { wrapInt64 } from "./wrapped.ts";

const ascending: Value[] = [
  UNDEFINED,
  null,
  wrapInt64(-(2n ** 63n)),
  wrapInt64(-32_769n),
  wrapInt64(-32_768n),
  wrapInt64(-129n),
  wrapInt64(-128n),
  wrapInt64(-1n),
  wrapInt64(0n),
  wrapInt64(1n),
  wrapInt64(127n),
  wrapInt64(128n),
  wrapInt64(2n ** 31n),
  wrapInt64(2n ** 63n - 2n),
  { $commitTs: null },
  { $float: Buffer.from([0, 0, 0, 0, 0, 0, 0xf0, 0xff]).toString("base64") },
  -1.5,
  { $float: Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x80]).toString("base64") },
  0,
  Number.MIN_VALUE,
  1,
  1e300,
  { $float: Buffer.from([0, 0, 0, 0, 0, 0, 0xf0, 0x7f]).toString("base64") },
  { $float: Buffer.from([0, 0, 0, 0, 0, 0, 0xf8, 0x7f]).toString("base64") },
  false,
  true,
  "",
  "\0",
  "a",
  "a\0",
  "a\0b",
  "a b",
  "ab",
  "é",
  "\uffff",
  "\u{1f600}",
  { $bytes: "" },
  { $bytes: "AA==" },
  { $bytes: "AAA=" },
  { $bytes: "/w==" },
  [],
  [null],
  [null, null],
  ["a"],
  [["a"]],
  {},
  { "": 1 },
  { a: 1 },
  { a: 1, b: 1 },
  { a: 2 },
  { b: 0 },
];

describe("the order of values", () => {
  it("is Convex's, from undefined up to objects", () => {
    const shuffled = ascending.toReversed().sort(compareValues);
    expect(shuffled).toEqual(ascending);
  });

  it("equals that of convex/values for every pair of values", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(Math.sign(compareValues(a, b))).toBe(Math.sign(convexCompare(jsonToConvex(a), jsonToConvex(b))));
      }),
      { numRuns: 10_000 },
    );
  });

  it("is the byte order of the encoded sequences, element by element", () => {
    const sequences = fc.array(values, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(sequences, sequences, (a, b) => {
        const bytes = Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)));
        const first = a.findIndex((value, i) => i >= b.length || compareValues(value, b[i] ?? null) !== 0);
        const expected =
          first === -1
            ? Math.sign(a.length - b.length)
            : first >= b.length
              ? 1
              : compareValues(a[first] ?? null, b[first] ?? null);
        expect(bytes).toBe(Math.sign(expected));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("the end of a prefix", () => {
  it("bounds all sequences that begin with it, and no others", () => {
    fc.assert(
      fc.property(values, values, values, (head, rest, other) => {
        const low = encodeKey([head]);
        const high = prefixEnd(low);
        const inside = encodeKey([head, rest]);
        expect(Buffer.compare(low, inside)).toBe(-1);
        expect(Buffer.compare(inside, high)).toBe(-1);
        const beside = encodeKey([other, rest]);
        const isInside = Buffer.compare(low, beside) <= 0 && Buffer.compare(beside, high) < 0;
        expect(isInside).toBe(compareValues(head, other) === 0);
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps eq("a") apart from "a\\0b"', () => {
    const end = prefixEnd(encodeKey(["a"]));
    expect(Buffer.compare(encodeKey(["a\0b"]), end)).toBe(1);
  });
});

describe("encodeKey", () => {
  it("takes values longer than its buffer", () => {
    const long = "x".repeat(100_000);
    expect(encodeKey([long, [long]]).length).toBe(2 * 100_002 + 2);
  });

  it("starts afresh after a value that was too deep for it", () => {
    const deep: Json = JSON.parse("[".repeat(60_000) + "]".repeat(60_000));
    const before = encodeKey(["a"]);
    expect(() => encodeKey(["x", deep])).toThrow(RangeError);
    expect(encodeKey(["a"])).toEqual(before);
  });
});

describe("the id at the end of a key", () => {
  it("is the document's, whatever stands before it", () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 4 }), fc.integer({ min: 1, max: 2 ** 31 }), (before, tableNumber) => {
        const id = encodeId(tableNumber);
        expect(idOfKey(encodeKey([...before, id]))).toBe(id);
      }),
    );
  });
});

describe("valueOf", () => {
  it("reads the encoding's undefined, and a field that is not there", () => {
    expect(valueOf({ $undefined: null })).toBe(UNDEFINED);
    expect(valueOf(undefined)).toBe(UNDEFINED);
    expect(valueOf(null)).toBeNull();
    expect(valueOf({ a: 1 })).toEqual({ a: 1 });
    expect(encodeKey([{ $undefined: null }])).toEqual(encodeKey([UNDEFINED]));
  });
});
