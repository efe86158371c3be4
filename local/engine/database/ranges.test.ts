import { describe, expect, it } from "vitest";
import type { Json } from "../types.ts";
import { encodeKey } from "../values/encoding.ts";
import type { RangeExpression } from "./query-json.ts";
import { compileRange } from "./ranges.ts";

const fields = ["a", "b", "_creationTime", "_id"];
const on = (type: RangeExpression["type"], fieldPath: string, value: Json): RangeExpression => ({
  type,
  fieldPath,
  value,
});
const compile = (...range: RangeExpression[]) => compileRange({ name: "t.by_a_b", fields, range });

function holds(range: readonly RangeExpression[], values: readonly Json[]): boolean {
  const { low, high } = compile(...range);
  const key = encodeKey(values);
  return Buffer.compare(low, key) <= 0 && Buffer.compare(key, high) < 0;
}

describe("a range of an index", () => {
  it.each([
    ["everything", [], [[null], [{ $undefined: null }], [{ z: 1 }]], []],
    ["an equality", [on("Eq", "a", "x")], [["x"], ["x", 5]], [["w"], ["x\0"], ["xy"]]],
    ["an equality with a missing field", [on("Eq", "a", { $undefined: null })], [[{ $undefined: null }, 1]], [[null]]],
    ["gt", [on("Gt", "a", 1)], [[1.5], ["x"]], [[1], [1, "z"], [0]]],
    ["gte", [on("Gte", "a", 1)], [[1], [1, "z"]], [[0.9]]],
    ["lt", [on("Lt", "a", 1)], [[0.9, "z"], [null]], [[1], [1, null]]],
    ["lte", [on("Lte", "a", 1)], [[1, { z: 1 }], [0]], [[1.1]]],
    ["both bounds", [on("Gt", "a", 1), on("Lt", "a", 3)], [[2]], [[1], [3], [4]]],
    [
      "a bound after an equality",
      [on("Eq", "a", 1), on("Gte", "b", 5)],
      [
        [1, 5],
        [1, 9],
      ],
      [
        [1, 4],
        [2, 5],
      ],
    ],
    ["equalities in any order", [on("Eq", "b", 2), on("Eq", "a", 1)], [[1, 2]], [[2, 1]]],
    ["bounds that exclude each other", [on("Gt", "a", 3), on("Lt", "a", 1)], [], [[2], [0], [4]]],
  ])("takes %s", (_, range, inside, outside) => {
    expect(inside.map((values) => holds(range, values))).toEqual(inside.map(() => true));
    expect(outside.map((values) => holds(range, values))).toEqual(outside.map(() => false));
  });

  it.each([
    [
      [on("Eq", "b", 1)],
      'Tried to query index t.by_a_b but the query didn\'t use the index fields in order.\nIndex fields: ["a", "b", "_creationTime"]\nQuery fields: ["b"]\nFirst incorrect field: "b"\nFor more information see https://docs.convex.dev/using/indexes.',
    ],
    [[on("Gt", "a", 1), on("Eq", "b", 1)], 'Query fields: ["b", "a"]\nFirst incorrect field: "b"'],
    [
      [on("Eq", "c", 1)],
      'The index range included a comparison with "c", but t.by_a_b with fields ["a", "b", "_creationTime"] doesn\'t index this field.',
    ],
    [[on("Lt", "c", 1)], 'comparison with "c"'],
    [[on("Eq", "a", 1), on("Eq", "a", 2)], `Already defined equality bound in index range. Can't add "a" == 1.0.`],
    [[on("Gt", "a", 1), on("Gte", "a", "x")], `Already defined lower bound in index range. Can't add "a" >= "x".`],
    [[on("Lt", "a", 1), on("Lte", "a", 2)], `Already defined upper bound in index range. Can't add "a" <= 2.0.`],
    [[on("Eq", "a", 1), on("Gt", "a", 2)], `Already defined inequality bound in index range. Can't add "a" == 1.0.`],
    [
      [on("Gt", "a", 1), on("Lt", "b", 2)],
      'Upper and lower bounds in `range` can only be applied to a single index field. This query against index t.by_a_b attempted to set a range bound on both "a" and "b".',
    ],
  ])("refuses what the index cannot serve: %#", (range, message) => {
    expect(() => compile(...range)).toThrow(message);
  });
});
