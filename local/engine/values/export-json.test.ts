import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../types.ts";
import { parseExportJson, parsePlainJson, toExportJson } from "./export-json.ts";
import { values } from "./testing.ts";
import { wrapFloat64, wrapInt64 } from "./wrapped.ts";

test("what is written is read as the same value, of the same type", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(parseExportJson(toExportJson(value))).toEqual(value);
    }),
  );
});

test("what is written is one line of JSON", () => {
  fc.assert(
    fc.property(values, (value) => {
      const line = toExportJson(value);
      expect(line).not.toContain("\n");
      expect(() => JSON.parse(line)).not.toThrow();
    }),
  );
});

test.each<[Json, string]>([
  [5, "5.0"],
  [-0.5, "-0.5"],
  [1e21, "1e+21"],
  [wrapFloat64(-0), "-0.0"],
  [wrapFloat64(Infinity), '{"$float":"AAAAAAAA8H8="}'],
  [wrapInt64(42n), "42"],
  [wrapInt64(2n ** 63n - 1n), "9223372036854775807"],
  [{ $bytes: "ABCD" }, '{"$bytes":"ABCD"}'],
  [{ text: "5", list: [1, wrapInt64(1n)] }, '{"text":"5","list":[1.0,1]}'],
])("%j is written as production writes it: %s", (value, line) => {
  expect(toExportJson(value)).toBe(line);
});

test.each<[string, Json]>([
  ['{"b":1.0,"a":{"d":2.0,"c":true}}', { a: { c: true, d: 2 }, b: 1 }],
  ['"5 \\" 7"', '5 " 7'],
  ["9223372036854775808", 2 ** 63],
  ["-0", wrapFloat64(-0)],
  ['{"$integer":"AAAAAAAAAIA="}', wrapInt64(-(2n ** 63n))],
  ['{"$float":"AAAAAAAA8D8="}', 1],
])("%s is read as production reads it", (line, value) => {
  expect(parseExportJson(line)).toEqual(value);
  expect(JSON.stringify(parseExportJson(line))).toBe(JSON.stringify(value));
});

describe("what is no value is refused", () => {
  test.each([
    ["", /not valid JSON/],
    ['{"a":', /not valid JSON/],
    ["01", /not valid JSON/],
    ['"open', /not valid JSON/],
    ["1e400", /out of range/],
    ['{"$commitTs":null}', /no Convex value/],
    ['{"$undefined":null}', /no Convex value/],
    ['{"$integer":"AA=="}', /no Convex value/],
    ['{"$bytes":"a b"}', /no Convex value/],
    ['{"$integer":"AAAAAAAAAIA=","more":1}', /no Convex value/],
  ])("%s", (line, message) => {
    expect(() => parseExportJson(line)).toThrow(message);
  });
});

test("in JSON of somebody else every number is a float, and fields are sorted", () => {
  expect(parsePlainJson('{"n":5,"zero":-0,"a":[{"y":1,"x":2}]}')).toEqual({
    a: [{ x: 2, y: 1 }],
    n: 5,
    zero: wrapFloat64(-0),
  });
  // A name with a dollar stays, for whoever stores the document to refuse.
  expect(parsePlainJson('{"$integer":"AAAAAAAAAIA="}')).toEqual({ $integer: "AAAAAAAAAIA=" });
});
