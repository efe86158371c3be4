import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import type { JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { EVERY_KEY } from "../values/encoding.ts";
import type { Store } from "./store.ts";
import { exportSchema, insertAll, schemaOf, storeWith, tableIn, tableSchema } from "./testing.ts";

const byName = { indexDescriptor: "by_name", fields: ["name"] };
const personFields = { name: { fieldType: { type: "string" }, optional: false } };
const person: JsonObject = { type: "object", value: personFields };

function namesBy(store: Store, indexName: string): unknown[] {
  return store.read((tx) => {
    const table = tableIn(tx, "users");
    const index = table.indexes.get(indexName);
    if (index === undefined) return ["no index"];
    const cursor = tx.scan({ table, index, ...EVERY_KEY, descending: false, batch: 10 });
    const names: unknown[] = [];
    for (let row = cursor.next(); row !== null; row = cursor.next()) names.push(parseDocument(row.json)["name"]);
    return names;
  });
}

function push(store: Store, ...tables: ReturnType<typeof tableSchema>[]): void {
  store.pushSchemas(new Map([["", schemaOf(...tables)]]));
}

describe("a schema of the client library", () => {
  const schema = exportSchema(
    defineSchema({
      updates: defineTable({ name: v.string(), at: v.commitTs(), embedding: v.optional(v.array(v.number())) })
        .index("by_at", ["at"])
        .searchIndex("search_name", { searchField: "name", filterFields: ["at"] })
        .vectorIndex("by_embedding", { vectorField: "embedding", dimensions: 8 }),
      either: defineTable(
        v.union(v.object({ kind: v.literal("a") }), v.object({ kind: v.literal("b"), n: v.number() })),
      ),
    }),
  );

  it("is pushed as it is, twice without a change, and enforced", () => {
    const store = storeWith();
    store.pushSchemas(new Map([["limiter", schema]]));
    store.pushSchemas(new Map([["limiter", schema]]));
    store.write((tx) => {
      tx.insert(tx.ensureTable("limiter", "updates"), { name: "x", at: { $commitTs: null } });
      tx.insert(tx.ensureTable("limiter", "either"), { kind: "b", n: 1 });
      expect(() => tx.insert(tx.ensureTable("limiter", "either"), { kind: "b" })).toThrow("does not match the schema");
      expect(() => tx.insert(tx.ensureTable("limiter", "updates"), { name: "x", at: 5 })).toThrow("v.commitTs()");
    });
    expect(store.read((tx) => [...(tx.table("limiter", "updates")?.searchIndexes.keys() ?? [])])).toEqual([
      "search_name",
    ]);
  });
});

describe("pushing a schema", () => {
  it("builds new indexes over the documents that are there", () => {
    const store = storeWith(tableSchema("users"));
    insertAll(store, "users", [{ name: "b" }, { name: "a" }, {}]);
    push(store, tableSchema("users", { indexes: [byName] }));
    expect(namesBy(store, "by_name")).toEqual([undefined, "a", "b"]);
  });

  it("builds an index anew when its fields change, and drops what is gone", () => {
    const store = storeWith(
      tableSchema("users", { indexes: [byName, { indexDescriptor: "by_age", fields: ["age"] }] }),
    );
    insertAll(store, "users", [
      { name: "a", age: 2 },
      { name: "b", age: 1 },
    ]);
    push(store, tableSchema("users", { indexes: [{ indexDescriptor: "by_name", fields: ["age"] }] }));
    expect(namesBy(store, "by_name")).toEqual(["b", "a"]);
    expect(namesBy(store, "by_age")).toEqual(["no index"]);
  });

  it("leaves an unchanged index alone: what was read through it stays valid", () => {
    const store = storeWith(tableSchema("users", { indexes: [byName] }));
    const idOf = () => store.read((tx) => tableIn(tx, "users").indexes.get("by_name")?.id);
    const before = idOf();
    push(store, tableSchema("users", { indexes: [byName] }), tableSchema("others"));
    expect(idOf()).toBe(before);
  });

  it("builds, changes and drops search indexes", () => {
    const store = storeWith(tableSchema("users"));
    insertAll(store, "users", [{ name: "ada", bio: "wrote programs", org: 1 }]);
    const search = { indexDescriptor: "search", searchField: "name", filterFields: ["org"] };
    const hits = (term: string) =>
      store.read((tx) => {
        const table = tableIn(tx, "users");
        const index = table.searchIndexes.get("search");
        return index === undefined ? null : tx.search(index, { terms: [term], filters: [] }).length;
      });
    push(store, tableSchema("users", { searchIndexes: [search] }));
    expect([hits("ada"), hits("programs")]).toEqual([1, 0]);
    push(store, tableSchema("users", { searchIndexes: [{ ...search, searchField: "bio" }] }));
    expect([hits("ada"), hits("programs")]).toEqual([0, 1]);
    push(store, tableSchema("users"));
    expect(hits("ada")).toBeNull();
    insertAll(store, "users", [{ name: "bob", bio: "none" }]);
  });

  it("keeps vector indexes in the catalog", () => {
    const vector = { indexDescriptor: "by_face", vectorField: "face", dimensions: 3, filterFields: ["org"] };
    const store = storeWith(tableSchema("users", { vectorIndexes: [vector] }));
    expect(store.read((tx) => tableIn(tx, "users").vectorIndexes.get("by_face"))).toMatchObject({
      vectorField: "face",
      dimensions: 3,
    });
  });

  it("refuses a schema that a document does not match, names the document and changes nothing", () => {
    const store = storeWith(tableSchema("users"));
    const [id = ""] = insertAll(store, "users", [{ age: 5 }]);
    const schema = tableSchema("users", { indexes: [byName], documentType: person });
    expect(() => push(store, tableSchema("added"), schema)).toThrow(DeveloperError);
    expect(() => push(store, tableSchema("added"), schema)).toThrow(
      `Document with ID "${id}" in table "users" does not match the schema: Object is missing the required field \`name\`.`,
    );
    expect(namesBy(store, "by_name")).toEqual(["no index"]);
    expect(store.read((tx) => tx.table("", "added"))).toBeNull();
    insertAll(store, "users", [{ age: 6 }]);
  });

  it("refuses it for a document of a component too, and names the table as that component does", () => {
    const store = storeWith(tableSchema("users"));
    store.pushSchemas(new Map([["child", schemaOf(tableSchema("users"))]]));
    const { value: id } = store.write((tx) => tx.insert(tx.ensureTable("child", "users"), { age: 5 }));
    const schemas = new Map([
      ["", schemaOf(tableSchema("users", { documentType: person }))],
      ["child", schemaOf(tableSchema("users", { documentType: person }))],
    ]);
    expect(() => store.pushSchemas(schemas)).toThrow(`Document with ID "${id}" in table "users" does not match`);
    insertAll(store, "users", [{ age: 6 }]);
  });

  it("enforces the schema on later writes, unless it says not to", () => {
    const store = storeWith(tableSchema("users", { documentType: person }));
    expect(() => insertAll(store, "users", [{ name: 5 }])).toThrow(
      'Failed to insert or update a document in table "users" because it does not match the schema: Value does not match validator.\nPath: .name',
    );
    insertAll(store, "users", [{ name: "ada" }]);
    const lax = { ...schemaOf(tableSchema("users", { documentType: person })), schemaValidation: false };
    store.pushSchemas(new Map([["", lax]]));
    expect(insertAll(store, "users", [{ name: 5 }])).toHaveLength(1);
  });

  it("does not look at what a schema says of system fields", () => {
    const value = { ...personFields, _id: { fieldType: { type: "null" }, optional: false } };
    const store = storeWith(tableSchema("users", { documentType: { type: "object", value } }));
    expect(insertAll(store, "users", [{ name: "ada" }])).toHaveLength(1);
    expect(() => insertAll(store, "users", [{ name: 5 }])).toThrow("Path: .name");
  });

  it("keeps the documents of a table that left the schema, as production does", () => {
    const store = storeWith(tableSchema("users", { indexes: [byName], documentType: person }));
    insertAll(store, "users", [{ name: "ada" }]);
    store.pushSchemas(new Map([["", null]]));
    expect(namesBy(store, "by_creation_time")).toEqual(["ada"]);
    expect(namesBy(store, "by_name")).toEqual(["no index"]);
    expect(insertAll(store, "users", [{ anything: true }])).toHaveLength(1);
  });

  it("gives every component its own tables and the system's", () => {
    const store = storeWith(tableSchema("users"));
    store.pushSchemas(new Map([["child", schemaOf(tableSchema("users"))]]));
    store.read((tx) => {
      expect(tx.table("child", "users")?.key).not.toBe(tx.table("", "users")?.key);
      for (const name of ["_storage", "_scheduled_functions", "_scheduled_targets", "_crons"]) {
        expect(tx.table("child", name)?.component).toBe("child");
        expect(tx.table("", name)?.component).toBe("");
      }
    });
  });

  it("is all or nothing over the components", () => {
    const store = storeWith(tableSchema("users"));
    const both = new Map([
      ["child", schemaOf(tableSchema("fine"))],
      ["other", schemaOf(tableSchema("_reserved"))],
    ]);
    expect(() => store.pushSchemas(both)).toThrow("_reserved is a reserved table name.");
    expect(store.read((tx) => tx.table("child", "fine"))).toBeNull();
  });
});
