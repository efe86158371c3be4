import { v, type GenericValidator } from "convex/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../types.ts";
import { validatorJson } from "./testing.ts";
import { parseValidator } from "./validator-json.ts";
import { isSubset } from "./validator-subset.ts";
import { ValidationError, validate } from "./validators.ts";
import { wrapInt64 } from "./wrapped.ts";

/** Ids of two tables, "u…" of one and "m…" of the other. */
const tableNameOf = (id: string) => (id.startsWith("u") ? "users" : id.startsWith("m") ? "messages" : null);
const accepts = (validator: JsonObject, value: Json) => {
  try {
    validate(validator, value, tableNameOf);
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return false;
    throw error;
  }
};
const subset = (narrow: JsonObject, wide: JsonObject) => isSubset(parseValidator(narrow), parseValidator(wide));
const between = (narrow: GenericValidator, wide: GenericValidator) =>
  subset(validatorJson(narrow), validatorJson(wide));

const person = v.object({ name: v.string(), age: v.optional(v.number()) });

describe("a validator is inside another", () => {
  it.each([
    [v.string(), v.any()],
    [v.any(), v.any()],
    [v.literal("a"), v.string()],
    [v.literal(1), v.number()],
    [v.literal(5n), v.int64()],
    [v.literal(true), v.boolean()],
    [v.id("users"), v.string()],
    [v.id("users"), v.id("users")],
    [v.int64(), v.commitTs()],
    [v.boolean(), v.union(v.literal(true), v.literal(false))],
    [v.literal("a"), v.union(v.literal("b"), v.literal("a"))],
    [v.union(v.literal("a"), v.literal("b")), v.union(v.literal("c"), v.literal("b"), v.literal("a"))],
    [v.union(v.literal("a"), v.null()), v.union(v.null(), v.string())],
    [v.union(), v.string()],
    [v.array(v.literal("a")), v.array(v.string())],
    [v.record(v.id("users"), v.literal(1)), v.record(v.string(), v.number())],
    [person, v.object({ name: v.union(v.string(), v.null()), age: v.optional(v.any()), more: v.optional(v.any()) })],
    [v.object({ name: v.string() }), v.object({ name: v.optional(v.string()) })],
    [person, v.union(v.null(), person)],
  ])("%#", (narrow, wide) => {
    expect(between(narrow, wide)).toBe(true);
  });
});

describe("a validator is not seen inside another", () => {
  it.each([
    [v.any(), v.string()],
    [v.string(), v.literal("a")],
    [v.string(), v.id("users")],
    [v.literal("u1"), v.id("users")],
    [v.id("users"), v.id("messages")],
    [v.commitTs(), v.int64()],
    [v.number(), v.int64()],
    [v.boolean(), v.literal(true)],
    [v.union(v.string(), v.null()), v.string()],
    [v.array(v.string()), v.array(v.literal("a"))],
    [v.array(v.string()), v.string()],
    [v.record(v.string(), v.number()), v.record(v.id("users"), v.number())],
    [v.record(v.string(), v.number()), v.object({})],
    [v.object({}), v.string()],
    [person, v.object({ name: v.string() })],
    [person, v.object({ name: v.string(), age: v.number() })],
    [person, v.object({ name: v.string(), age: v.optional(v.number()), id: v.string() })],
    [person, v.object({ name: v.null(), age: v.optional(v.number()) })],
  ])("%#", (narrow, wide) => {
    expect(between(narrow, wide)).toBe(false);
  });
});

describe("for all validators", () => {
  const { validator } = fc.letrec<{ validator: JsonObject }>((tie) => ({
    validator: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<JsonObject>(
        ...["any", "null", "number", "bigint", "commitTs", "boolean", "string"].map((type) => ({ type })),
        ...["users", "messages"].map((tableName) => ({ type: "id", tableName })),
        ...["a", "u1", 1, true, wrapInt64(2n)].map((value) => ({ type: "literal", value })),
      ),
      fc.array(tie("validator"), { maxLength: 3 }).map((value) => ({ type: "union", value })),
      tie("validator").map((value) => ({ type: "array", value })),
      fc
        .tuple(fc.constantFrom<JsonObject>({ type: "string" }, { type: "id", tableName: "users" }), tie("validator"))
        .map(([keys, fieldType]) => ({ type: "record", keys, values: { fieldType, optional: false } })),
      fc
        .dictionary(
          fc.constantFrom("a", "b", "u1"),
          fc.record({ fieldType: tie("validator"), optional: fc.boolean() }),
          { maxKeys: 3 },
        )
        .map((value) => ({ type: "object", value })),
    ),
  }));
  const leaves: fc.Arbitrary<Json> = fc.constantFrom<Json>(
    null,
    true,
    false,
    1,
    2.5,
    "a",
    "u1",
    "m1",
    "x",
    wrapInt64(2n),
    wrapInt64(3n),
    { $commitTs: null },
  );
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaves,
      fc.array(tie("value"), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom("a", "b", "u1"), tie("value"), { maxKeys: 2 }),
    ),
  }));
  const manyValues = fc.array(value, { minLength: 30, maxLength: 30 });

  it("what is inside takes nothing that the other one refuses", () => {
    fc.assert(
      fc.property(validator, validator, manyValues, (narrow, wide, samples) => {
        const strays = samples.filter((sample) => accepts(narrow, sample) && !accepts(wide, sample));
        expect(strays.length === 0 || !subset(narrow, wide)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it("each is inside itself, and inside what production calls a widening", () => {
    fc.assert(
      fc.property(validator, validator, (one, other) => {
        expect(subset(one, one)).toBe(true);
        expect(subset(one, { type: "union", value: [other, one] })).toBe(true);
        const field = (fieldType: JsonObject, optional: boolean) => ({ fieldType, optional });
        const narrow = { type: "object", value: { a: field(one, false) } };
        const wide = { type: "object", value: { a: field(one, true), b: field(other, true) } };
        expect(subset(narrow, wide)).toBe(true);
        expect(subset(wide, narrow)).toBe(false);
      }),
    );
  });
});
