import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asObject, listAt, numberAt, objectAt, parseJson, parseJsonBytes, readNumber, textAt } from "./json.ts";

describe("parsing", () => {
  test("law: every JSON value comes back as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text));
        expect(parseJsonBytes(new TextEncoder().encode(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test("what is no JSON, or no UTF-8, is undefined", () => {
    expect(parseJson("{")).toBeUndefined();
    expect(parseJsonBytes(new Uint8Array([34, 195, 34]))).toBeUndefined();
  });
});

describe("readers", () => {
  const object = { text: "a", empty: "", zero: 0, list: [1], inner: { x: 1 }, none: null };

  test("give a field of the right type, and undefined for any other", () => {
    expect([
      textAt(object, "text"),
      textAt(object, "empty"),
      textAt(object, "zero"),
      textAt(undefined, "text"),
    ]).toEqual(["a", undefined, undefined, undefined]);
    expect([objectAt(object, "inner"), objectAt(object, "list"), objectAt(object, "none")]).toEqual([
      { x: 1 },
      undefined,
      undefined,
    ]);
    expect([listAt(object, "list"), listAt(object, "inner")]).toEqual([[1], []]);
    expect(asObject([1])).toBeUndefined();
    expect(numberAt(object, "zero")).toBe(0);
  });

  test.each([
    [12, 12],
    ["1790000000", 1_790_000_000],
    ["-3.5", -3.5],
    [{ low: 5, high: 0, unsigned: true }, 5],
    [{ low: -1, high: 1, unsigned: false }, 2 ** 33 - 1],
    ["", undefined],
    ["12a", undefined],
    [null, undefined],
    [true, undefined],
    [{ low: "5", high: 0 }, undefined],
  ])("the number %j is %s", (value, number) => {
    expect(readNumber(value)).toBe(number);
  });

  test("law: the two halves of a 64-bit number make the number", () => {
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (number) => {
        const long = { low: number | 0, high: Math.floor(number / 2 ** 32), unsigned: false };
        expect(readNumber(long)).toBe(number);
      }),
    );
  });
});
