import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import type { SchemaJson } from "../types.ts";
import { validatorJson } from "../values/testing.ts";
import { checkSchema } from "./schema-rules.ts";
import { exportSchema, schemaOf, tableSchema } from "./testing.ts";

const index = (indexDescriptor: string, ...fields: string[]) => ({ indexDescriptor, fields });
const search = (indexDescriptor: string, searchField: string, ...filterFields: string[]) => ({
  indexDescriptor,
  searchField,
  filterFields,
});
const vector = (indexDescriptor: string, dimensions: number, { field = "face", filters = [] }: Vector = {}) => ({
  indexDescriptor,
  vectorField: field,
  dimensions,
  filterFields: filters,
});
type Vector = { field?: string; filters?: string[] };
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

describe("a schema that production takes", () => {
  it.each([
    tableSchema("users"),
    tableSchema("x".repeat(64)),
    tableSchema("users_2", { indexes: [index("by_name", "name"), index("by_name_and_age", "name", "age")] }),
    tableSchema("users", { indexes: [index("by_a", "a"), index("by_b_a", "b", "a")] }),
    tableSchema("users", { indexes: [index("x".repeat(64), "x".repeat(64))] }),
    tableSchema("users", { indexes: [index("by_city", "address.city", "address._x")] }),
    tableSchema("users", { indexes: [index("wide", ...many(16, "f"))] }),
    tableSchema("users", { indexes: many(64, "by_").map((name, i) => index(name, `f${i}`)) }),
    tableSchema("users", { searchIndexes: [search("search_name", "name", "orgId", "orgId", "_creationTime")] }),
    tableSchema("users", { searchIndexes: [search("search_name", "name", ...many(16, "f"))] }),
    tableSchema("users", { vectorIndexes: [vector("small", 2), vector("large", 4096)] }),
    tableSchema("users", { indexes: [index("by_a", "a")], stagedDbIndexes: [index("by_b", "b")] }),
  ])("passes: %#", (table) => {
    expect(() => checkSchema(schemaOf(table))).not.toThrow();
  });
});

describe("a schema that breaks a rule", () => {
  it.each([
    [tableSchema("_users"), "_users is a reserved table name."],
    [tableSchema("2users"), 'Invalid table name: "2users"'],
    [tableSchema("us-ers"), 'Invalid table name: "us-ers"'],
    [tableSchema(""), 'Invalid table name: ""'],
    [tableSchema("x".repeat(65)), "Invalid table name"],
    [tableSchema("users", { indexes: [index("by_id", "name")] }), 'cannot name an index "by_id"'],
    [tableSchema("users", { indexes: [index("by_creation_time", "name")] }), "because the name is reserved"],
    [tableSchema("users", { indexes: [index("_mine", "name")] }), 'In table "users" cannot name an index "_mine"'],
    [tableSchema("users", { indexes: [index("by name", "name")] }), 'In table "users": Invalid index name: "by name"'],
    [tableSchema("users", { indexes: [index("x".repeat(65), "name")] }), "Identifiers must be 64 characters or less"],
    [
      tableSchema("users", { indexes: [index("by_name", "name")], searchIndexes: [search("by_name", "bio")] }),
      'Table "users" has two or more definitions of index "by_name".',
    ],
    [
      tableSchema("users", { indexes: [index("by_name", "name")], stagedDbIndexes: [index("by_name", "bio")] }),
      'Table "users" has two or more definitions of index "by_name".',
    ],
    [tableSchema("users", { indexes: [index("none")] }), 'In table "users" index "none" must have at least one field.'],
    [
      tableSchema("users", { indexes: [index("wide", ...many(17, "f"))] }),
      'In table "users": In index "wide": Indexes may have up to 16 fields.',
    ],
    [
      tableSchema("users", { indexes: [index("twice", "a", "a")] }),
      'In table "users": In index "twice": Duplicate field "a". Index fields must be unique within an index.',
    ],
    [tableSchema("users", { indexes: [index("by_own_id", "_id")] }), "`_id` is not a valid index field"],
    [tableSchema("users", { indexes: [index("by_time", "_creationTime")] }), "`_creationTime` is automatically added"],
    [tableSchema("users", { indexes: [index("by_secret", "_secret")] }), "Reserved fields"],
    [tableSchema("users", { indexes: [index("by_odd", "a b")] }), 'In index "by_odd": Invalid index field: "a b"'],
    [tableSchema("users", { indexes: [index("by_gap", "a..b")] }), 'In index "by_gap": Invalid index field: "a..b"'],
    [tableSchema("users", { indexes: [index("long", "x".repeat(65))] }), "Invalid index field"],
    [
      tableSchema("users", { indexes: [index("one", "a", "b"), index("two", "a", "b")] }),
      'In table "users" index "two" and index "one" have the same fields. Indexes must be unique within a table.',
    ],
    [
      tableSchema("users", { indexes: [index("one", "a")], stagedDbIndexes: [index("two", "a")] }),
      'index "two" and index "one" have the same fields',
    ],
    [
      tableSchema("users", { searchIndexes: [search("one", "a")], stagedSearchIndexes: [search("two", "a", "b")] }),
      'search index "two" and search index "one" have the same `searchField`. Search index fields must be unique',
    ],
    [
      tableSchema("users", { vectorIndexes: [vector("one", 3)], stagedVectorIndexes: [vector("two", 3)] }),
      'vector index "two" and vector index "one" have the same `vectorField`. Vector index fields must be unique',
    ],
    [
      tableSchema("users", { searchIndexes: [search("one", "a", ...many(17, "f"))] }),
      'In table "users": Search indexes may have up to 16 filter fields.',
    ],
    [tableSchema("users", { searchIndexes: [search("one", "a", "b-c")] }), 'Invalid index field: "b-c"'],
    [tableSchema("users", { searchIndexes: [search("one", "a b")] }), 'Invalid index field: "a b"'],
    [tableSchema("users", { vectorIndexes: [vector("one", 1)] }), "Dimensions 1 must be between 2 and 4096."],
    [tableSchema("users", { vectorIndexes: [vector("one", 4097)] }), "Dimensions 4097 must be between 2 and 4096."],
    [tableSchema("users", { vectorIndexes: [vector("one", 2.5)] }), "Dimensions 2.5 must be between 2 and 4096."],
    [
      tableSchema("users", { vectorIndexes: [vector("one", 2, { filters: many(17, "f") })] }),
      "Search indexes may have up to 16 filter fields.",
    ],
    [tableSchema("users", { vectorIndexes: [vector("one", 2, { field: "$" })] }), 'Invalid index field: "$"'],
    [
      tableSchema("users", { indexes: many(65, "by_").map((name, i) => index(name, `f${i}`)) }),
      'Table "users" cannot have more than 64 indexes.',
    ],
    [
      tableSchema("users", {
        indexes: many(62, "by_").map((name, i) => index(name, `f${i}`)),
        searchIndexes: [search("a", "a")],
        vectorIndexes: [vector("b", 2)],
        stagedDbIndexes: [index("c", "c")],
      }),
      'Table "users" cannot have more than 64 indexes.',
    ],
  ])("is refused: %#", (table, message) => {
    expect(() => checkSchema(schemaOf(table))).toThrow(DeveloperError);
    expect(() => checkSchema(schemaOf(table))).toThrow(message);
  });

  it.each([
    [
      v.string(),
      "The document validator in a schema must be an object, a union of objects, or `v.any()`. Found v.string().",
    ],
    [v.union(v.object({}), v.null()), "Found v.null(). To learn more, see the schema documentation at"],
    [v.record(v.string(), v.any()), "Found v.record(v.string(), v.any())."],
  ])("is refused for its documents: %#", (validator, message) => {
    expect(() => checkSchema(schemaOf(tableSchema("users", { documentType: validatorJson(validator) })))).toThrow(
      message,
    );
    expect(() => checkSchema(schemaOf(tableSchema("users", { stagedDocumentType: validatorJson(validator) })))).toThrow(
      message,
    );
  });
});

describe("an index", () => {
  const people = defineTable({
    name: v.string(),
    address: v.optional(v.object({ city: v.string() })),
    face: v.optional(v.array(v.float64())),
    tags: v.array(v.string()),
  });
  const check = (schema: SchemaJson) => checkSchema(schema);
  // The client library's types would not let these through; a schema need not be TypeScript.
  const declared = (rest: Partial<SchemaJson["tables"][number]>, schemaValidation = true): SchemaJson => {
    const schema = exportSchema(defineSchema({ people }, { schemaValidation }));
    return { ...schema, tables: schema.tables.map((table) => ({ ...table, ...rest })) };
  };

  it("is of fields that documents can have", () => {
    const good = {
      indexes: [index("by_city", "address.city", "name")],
      searchIndexes: [search("search", "name", "address.city", "_creationTime")],
      vectorIndexes: [vector("faces", 3)],
    };
    expect(() => check(declared(good))).not.toThrow();
  });

  it.each([
    [{ indexes: [index("by_x", "name", "x")] }, "by_x", "x"],
    [{ stagedDbIndexes: [index("by_x", "address.street")] }, "by_x", "address.street"],
    [{ indexes: [index("by_x", "name.first")] }, "by_x", "name.first"],
    [{ searchIndexes: [search("s", "bio")] }, "s", "bio"],
    [{ stagedSearchIndexes: [search("s", "name", "org")] }, "s", "org"],
    [{ vectorIndexes: [vector("v", 3, { field: "voice" })] }, "v", "voice"],
  ])("%j is refused where documents are checked, and only there", (rest, name, field) => {
    expect(() => check(declared(rest))).toThrow(
      `In table "people" the index "${name}" is invalid because it references the field "${field}" that does not exist.`,
    );
    expect(() => check(declared(rest, false))).not.toThrow();
  });

  it("of vectors is of arrays of floats", () => {
    const of = (field: string) => check(declared({ vectorIndexes: [vector("v", 3, { field })] }));
    for (const field of ["tags", "name", "address"]) {
      expect(() => of(field)).toThrow(
        `In table "people" the vector index "v" is invalid because it references the field "${field}" that is neither an array of float64 or optional array of float64.`,
      );
    }
  });
});
