import { v, type GenericValidator } from "convex/values";
import { describe, expect, it } from "vitest";
import { canContainField, canContainVector, checkDocumentType, withoutSystemFields } from "./document-types.ts";
import { validatorJson } from "./testing.ts";
import { parseValidator } from "./validator-json.ts";

const check = (validator: GenericValidator) => checkDocumentType(validatorJson(validator));

describe("the type of a table's documents", () => {
  it.each([v.any(), v.object({}), v.union(v.object({ a: v.string() }), v.object({ b: v.any() })), v.union()])(
    "may be an object, a union of objects, or anything: %#",
    (validator) => {
      expect(() => check(validator)).not.toThrow();
    },
  );

  it.each([
    [v.union(v.any(), v.object({})), "Found v.any()."],
    [v.union(v.object({}), v.union(v.object({}))), "Found v.union(v.object({}))."],
    [v.array(v.any()), "Found v.array(v.any())."],
  ])("may be nothing else: %#", (validator, message) => {
    expect(() => check(validator)).toThrow(message);
  });

  it.each([
    [v.object({ "a-b": v.string() }), "Identifier a-b has invalid character '-'"],
    [v.object({ "1": v.string() }), "Invalid first character '1' in 1"],
    [
      v.object({ outer: v.array(v.object({ "x y": v.null() })) }),
      "Invalid validator for key `outer`: Identifier x y has invalid character ' '",
    ],
    [v.object({ owner: v.id("no-table") }), "Invalid validator for key `owner`: Identifier no-table has invalid"],
    [
      v.object({ counts: v.record(v.union(v.id("a"), v.literal("x")), v.string()) }),
      "Records cannot have string literal keys",
    ],
  ])("has names and records as production takes them: %#", (validator, message) => {
    expect(() => check(validator)).toThrow(message);
  });

  it("may have records of texts only", () => {
    const counts = {
      type: "record",
      keys: { type: "number" },
      values: { fieldType: { type: "any" }, optional: false },
    };
    const json = { type: "object", value: { counts: { fieldType: counts, optional: false } } };
    expect(() => checkDocumentType(json)).toThrow(
      "Invalid validator for key `counts`: Records can only have string keys. Your validator contains a record with key typed as `v.float64()`, which is not a subtype of `v.string()`",
    );
  });

  it("may have records of ids", () => {
    expect(() => check(v.object({ of: v.record(v.union(v.id("a"), v.id("b")), v.any()) }))).not.toThrow();
  });

  it("says nothing of system fields, at its top", () => {
    const inner = v.object({ _kept: v.string() });
    const own = validatorJson(v.object({ a: inner }));
    expect(
      withoutSystemFields(validatorJson(v.object({ _id: v.id("a"), _creationTime: v.number(), a: inner }))),
    ).toEqual(own);
    expect(withoutSystemFields(validatorJson(v.union(v.object({ _id: v.id("a"), a: inner }))))).toEqual({
      type: "union",
      value: [own],
    });
    expect(withoutSystemFields({ type: "any" })).toEqual({ type: "any" });
  });
});

describe("a path into documents", () => {
  const parsed = parseValidator(
    validatorJson(
      v.union(
        v.object({ a: v.optional(v.object({ b: v.any() })), list: v.array(v.float64()) }),
        v.object({ c: v.record(v.string(), v.any()), list: v.null(), words: v.array(v.string()) }),
      ),
    ),
  );

  it.each(["a", "a.b", "a.b.c.d", "c", "list"])("%s may lead somewhere", (path) => {
    expect(canContainField(parsed, path.split("."))).toBe(true);
  });

  it.each(["b", "a.c", "c.key", "list.0"])("%s leads nowhere", (path) => {
    expect(canContainField(parsed, path.split("."))).toBe(false);
  });

  it.each([
    ["list", true],
    ["a.b", true],
    ["words", true],
    ["c", true],
    ["list.x", false],
  ])("%s may have a vector at its end: %s", (path, expected) => {
    expect(canContainVector(parsed, path.split("."))).toBe(expected);
  });

  it.each([
    [v.array(v.int64()), false],
    [v.array(v.any()), true],
    [v.optional(v.array(v.number())), true],
    [v.union(v.null(), v.array(v.number())), true],
    [v.string(), false],
  ])("is of vectors or not: %#", (validator, expected) => {
    expect(canContainVector(parseValidator(validatorJson(v.object({ face: validator }))), ["face"])).toBe(expected);
  });
});
