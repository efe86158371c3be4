import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import { checkSchema, isIdentifier } from "./schema-rules.ts";
import { schemaOf, tableSchema } from "./testing.ts";

const index = (indexDescriptor: string, ...fields: string[]) => ({ indexDescriptor, fields });
const search = (indexDescriptor: string, searchField: string, ...filterFields: string[]) => ({
  indexDescriptor,
  searchField,
  filterFields,
});
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

describe("a schema that production takes", () => {
  it.each([
    tableSchema("users"),
    tableSchema("users_2", { indexes: [index("by_name", "name"), index("by_name_and_age", "name", "age")] }),
    tableSchema("users", { indexes: [index("by_a", "a"), index("by_b_a", "b", "a")] }),
    tableSchema("users", { indexes: [index("by_city", "address.city")] }),
    tableSchema("users", { indexes: [index("wide", ...many(16, "f"))] }),
    tableSchema("users", { indexes: many(64, "by_").map((name, i) => index(name, `f${i}`)) }),
    tableSchema("users", { searchIndexes: [search("search_name", "name", "orgId")] }),
  ])("passes: %#", (table) => {
    expect(() => checkSchema(schemaOf(table))).not.toThrow();
  });
});

describe("a schema that breaks a rule", () => {
  it.each([
    [tableSchema("_users"), "_users is a reserved table name."],
    [tableSchema("2users"), 'Invalid table name: "2users"'],
    [tableSchema("us-ers"), 'Invalid table name: "us-ers"'],
    [tableSchema("x".repeat(65)), "Invalid table name"],
    [tableSchema("users", { indexes: [index("by_id", "name")] }), 'cannot name an index "by_id"'],
    [tableSchema("users", { indexes: [index("by_creation_time", "name")] }), "because the name is reserved"],
    [tableSchema("users", { indexes: [index("_mine", "name")] }), 'cannot name an index "_mine"'],
    [tableSchema("users", { indexes: [index("by name", "name")] }), 'Invalid index name: "by name"'],
    [
      tableSchema("users", { indexes: [index("by_name", "name")], searchIndexes: [search("by_name", "bio")] }),
      'Table "users" has two or more definitions of index "by_name".',
    ],
    [tableSchema("users", { indexes: [index("none")] }), 'index "none" must have at least one field'],
    [tableSchema("users", { indexes: [index("wide", ...many(17, "f"))] }), "Indexes may have up to 16 fields."],
    [tableSchema("users", { indexes: [index("twice", "a", "a")] }), 'Duplicate field "a"'],
    [tableSchema("users", { indexes: [index("by_own_id", "_id")] }), "`_id` is not a valid index field"],
    [tableSchema("users", { indexes: [index("by_time", "_creationTime")] }), "`_creationTime` is automatically added"],
    [tableSchema("users", { indexes: [index("by_secret", "_secret")] }), "Reserved fields"],
    [tableSchema("users", { indexes: [index("by_odd", "a b")] }), 'In index "by_odd": Invalid index field: "a b"'],
    [
      tableSchema("users", { indexes: [index("one", "a", "b"), index("two", "a", "b")] }),
      'index "one" and index "two" have the same fields',
    ],
    [
      tableSchema("users", { searchIndexes: [search("one", "a"), search("two", "a")] }),
      'search index "one" and search index "two" have the same `searchField`',
    ],
    [
      tableSchema("users", { searchIndexes: [search("one", "a", ...many(17, "f"))] }),
      "Search indexes may have up to 16 filter fields.",
    ],
    [tableSchema("users", { searchIndexes: [search("one", "a", "b", "b")] }), 'Duplicate field "b"'],
    [
      tableSchema("users", { indexes: many(65, "by_").map((name, i) => index(name, `f${i}`)) }),
      'Table "users" cannot have more than 64 indexes.',
    ],
  ])("is refused: %#", (table, message) => {
    expect(() => checkSchema(schemaOf(table))).toThrow(DeveloperError);
    expect(() => checkSchema(schemaOf(table))).toThrow(message);
  });
});

describe("identifiers", () => {
  it("begin with a letter and have letters, digits and underscores", () => {
    expect(["a", "A_1", "x".repeat(64)].every(isIdentifier)).toBe(true);
    expect(["", "_a", "1a", "a-b", "é", "x".repeat(65)].some(isIdentifier)).toBe(false);
  });
});
