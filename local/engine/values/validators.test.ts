import { v, type GenericValidator } from "convex/values";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../types.ts";
import { validatorJson } from "./testing.ts";
import { ValidationError, describe as describeValidator, validate } from "./validators.ts";
import { wrapFloat64, wrapInt64 } from "./wrapped.ts";

const tables: { [id: string]: string } = { u1: "users", m1: "messages", s1: "_storage" };
const tableNameOf = (id: string) => tables[id] ?? null;

function problemOf(validator: GenericValidator, value: Json): string | null {
  try {
    validate(validatorJson(validator), value, tableNameOf);
    return null;
  } catch (error) {
    if (error instanceof ValidationError) return error.message;
    throw error;
  }
}

const person = v.object({ name: v.string(), age: v.optional(v.number()) });

describe("values that match", () => {
  it.each([
    [v.any(), { anything: [1] }],
    [v.null(), null],
    [v.number(), 1.5],
    [v.number(), wrapFloat64(Number.NaN)],
    [v.int64(), wrapInt64(5n)],
    [v.boolean(), false],
    [v.string(), ""],
    [v.bytes(), { $bytes: "AA==" }],
    [v.literal("a"), "a"],
    [v.literal(1), 1],
    [v.literal(5n), wrapInt64(5n)],
    [v.literal(true), true],
    [v.id("users"), "u1"],
    [v.id("_storage"), "s1"],
    [v.array(v.number()), []],
    [v.array(v.number()), [1, 2]],
    [v.record(v.string(), v.number()), { a: 1, b: 2 }],
    [v.record(v.id("users"), v.string()), { u1: "x" }],
    [v.union(v.string(), v.null()), null],
    [v.union(v.literal("a"), v.literal("b")), "b"],
    [person, { name: "Ada" }],
    [person, { name: "Ada", age: 36 }],
    [v.commitTs(), wrapInt64(5n)],
    [v.commitTs(), { $commitTs: null }],
  ])("%s takes %j", (validator, value) => {
    expect(problemOf(validator, value)).toBeNull();
  });
});

describe("values that do not match", () => {
  it.each([
    [v.null(), false],
    [v.number(), "1"],
    [v.number(), wrapInt64(1n)],
    [v.int64(), 1],
    [v.int64(), { $commitTs: null }],
    [v.commitTs(), 1],
    [v.boolean(), 0],
    [v.string(), null],
    [v.bytes(), "AA=="],
    [v.array(v.number()), {}],
    [v.object({}), []],
    [v.object({}), { $bytes: "AA==" }],
    [v.record(v.string(), v.any()), [1]],
    [v.id("users"), "nonsense"],
    [v.id("users"), 5],
    [v.union(v.string(), v.null()), 5],
    [v.union(), null],
  ])("%s refuses %j", (validator, value) => {
    expect(problemOf(validator, value)).toMatch(/^Value does not match validator\.\n/);
  });

  it("are shown with their place and the validator", () => {
    expect(problemOf(v.object({ people: v.array(person) }), { people: [{ name: 5 }] })).toBe(
      "Value does not match validator.\nPath: .people[0].name\nValue: 5.0\nValidator: v.string()",
    );
    expect(problemOf(v.string(), 1)).toBe("Value does not match validator.\n\nValue: 1.0\nValidator: v.string()");
  });

  it("are reported for keys and values of records", () => {
    const record = v.record(v.id("users"), v.number());
    expect(problemOf(record, { nope: 1 })).toContain("Path: .keys()\n");
    expect(problemOf(record, { u1: "x" })).toContain("Path: .values()\n");
  });

  it("name a missing field", () => {
    expect(problemOf(person, { age: 1 })).toBe(
      "Object is missing the required field `name`. Consider wrapping the field validator in `v.optional(...)` if this is expected.\n\nObject: {age: 1.0}\nValidator: v.object({age: v.optional(v.float64()), name: v.string()})",
    );
  });

  it("name an extra field and its place", () => {
    expect(problemOf(v.array(person), [{ name: "Ada", admin: true }])).toBe(
      'Object contains extra field `admin` that is not in the validator.\nPath: [0]\nObject: {admin: true, name: "Ada"}\nValidator: v.object({age: v.optional(v.float64()), name: v.string()})',
    );
  });

  it("name the literal", () => {
    expect(problemOf(v.object({ kind: v.literal("a") }), { kind: "b" })).toBe(
      '`"b"` does not match literal validator `v.literal("a")`.Path: .kind',
    );
    expect(problemOf(v.literal(5n), 5)).toBe("`5.0` does not match literal validator `v.literal(<bigint>)`.");
  });

  it("name the table that an id really belongs to", () => {
    expect(problemOf(v.id("users"), "m1")).toBe(
      'Found ID "m1" from table `messages`, which does not match the table name in validator `v.id("users")`.',
    );
    expect(problemOf(v.id("users"), "s1")).toBe(
      'Found ID "s1" from a system table, which does not match the table name in validator `v.id("users")`.',
    );
  });

  it("get the member's own message from a union of one", () => {
    expect(problemOf(v.union(person), {})).toContain("missing the required field `name`");
  });

  it("are not hidden by fields that every object inherits", () => {
    expect(problemOf(v.object({ toString: v.string() }), {})).toContain("missing the required field `toString`");
    expect(problemOf(v.object({}), { constructor: 1 })).toContain("extra field `constructor`");
  });
});

describe("a described validator", () => {
  it.each([
    [v.any(), "v.any()"],
    [v.number(), "v.float64()"],
    [v.int64(), "v.int64()"],
    [v.commitTs(), "v.commitTs()"],
    [v.union(v.literal("a"), v.null()), 'v.union(v.literal("a"), v.null())'],
    [v.record(v.string(), v.array(v.bytes())), "v.record(v.string(), v.array(v.bytes()))"],
    [
      v.object({ b: v.id("users"), a: v.optional(v.boolean()) }),
      'v.object({a: v.optional(v.boolean()), b: v.id("users")})',
    ],
  ])("writes a validator as its author did: %#", (validator, text) => {
    expect(describeValidator(validatorJson(validator))).toBe(text);
  });

  const malformed: JsonObject[] = [
    {},
    { type: "set" },
    { type: "id" },
    { type: "array" },
    { type: "union", value: [1] },
    { type: "object", value: { a: {} } },
  ];

  it.each(malformed)("refuses %j, which is no validator", (json) => {
    expect(() => describeValidator(json)).toThrow(TypeError);
  });
});
