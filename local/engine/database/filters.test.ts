import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../types.ts";
import { UNDEFINED, compareValues } from "../values/encoding.ts";
import { values } from "../values/testing.ts";
import { wrapFloat64, wrapInt64 } from "../values/wrapped.ts";
import { evaluate, passes } from "./filters.ts";

const document = { name: "ada", age: 36, big: wrapInt64(7n), done: false, address: { city: "London" }, none: null };
const field = (path: string): Json => ({ $field: path });
const literal = (value: Json): Json => ({ $literal: value });
const undefinedLiteral = literal({ $undefined: null });

describe("a filter", () => {
  it.each([
    [{ $eq: [field("name"), literal("ada")] }, true],
    [{ $eq: [field("address.city"), literal("London")] }, true],
    [{ $eq: [field("missing"), undefinedLiteral] }, true],
    [{ $eq: [field("none"), undefinedLiteral] }, false],
    [{ $neq: [field("age"), literal(wrapInt64(36n))] }, true],
    [{ $lt: [field("big"), field("age")] }, true],
    [{ $gte: [field("age"), literal(36)] }, true],
    [{ $gt: [field("age"), literal(36)] }, false],
    [{ $lte: [field("name"), literal(null)] }, false],
    [{ $and: [literal(true), { $eq: [literal(1), literal(1)] }] }, true],
    [{ $and: [literal(true), field("done")] }, false],
    [{ $and: [] }, true],
    [{ $or: [field("done"), literal(true)] }, true],
    [{ $or: [] }, false],
    [{ $not: field("done") }, true],
    [literal("true"), false],
    [field("age"), false],
    [{ $eq: [{ $add: [field("age"), literal(1)] }, literal(37)] }, true],
  ])("%j gives %s", (filter, expected) => {
    expect(passes(filter, document)).toBe(expected);
  });

  it("compares values in the order of indexes", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const order = compareValues(a, b);
        const holds = (operator: string) => passes({ [operator]: [field("a"), literal(b)] }, { a });
        expect([holds("$lt"), holds("$lte"), holds("$eq"), holds("$neq"), holds("$gte"), holds("$gt")]).toEqual([
          order < 0,
          order <= 0,
          order === 0,
          order !== 0,
          order >= 0,
          order > 0,
        ]);
      }),
    );
  });
});

describe("arithmetic", () => {
  it.each([
    [{ $sub: [field("age"), literal(6)] }, 30],
    [{ $mul: [field("big"), literal(wrapInt64(6n))] }, wrapInt64(42n)],
    [{ $div: [field("big"), literal(wrapInt64(2n))] }, wrapInt64(3n)],
    [{ $div: [field("age"), literal(0)] }, wrapFloat64(Number.POSITIVE_INFINITY)],
    [{ $mod: [field("age"), literal(10)] }, 6],
    [{ $neg: field("age") }, -36],
    [{ $neg: field("big") }, wrapInt64(-7n)],
    [{ $add: [literal(wrapInt64(2n ** 63n - 1n)), literal(wrapInt64(1n))] }, wrapInt64(-(2n ** 63n))],
    [field("missing"), UNDEFINED],
  ])("%j is %j", (expression, expected) => {
    expect(evaluate(expression, document)).toEqual(expected);
  });

  it.each([
    [{ $add: [field("age"), field("name")] }, 'Cannot add 36.0 (type float64) and "ada" (type string)'],
    [{ $sub: [field("age"), field("big")] }, "Cannot subtract 36.0 (type float64) and 7 (type int64)"],
    [{ $neg: field("missing") }, "Cannot negate undefined (type undefined)"],
    [{ $div: [field("big"), literal(wrapInt64(0n))] }, "Cannot divide 7 by zero"],
    [{ $pow: [literal(1), literal(2)] }, "no expression of the client library"],
    ["name", "no expression of the client library"],
    [{ $and: true }, "no expression of the client library"],
    [{}, "no expression of the client library"],
  ])("%j is refused", (expression, message) => {
    expect(() => evaluate(expression, document)).toThrow(message);
  });
});
