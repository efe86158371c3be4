// Which documents a push looks at. Texts that nobody could read are put in the place of documents: whoever looks, fails.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { v, type GenericValidator } from "convex/values";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SchemaJson, TableSchemaJson } from "../types.ts";
import { EVERY_KEY } from "../values/encoding.ts";
import { validatorJson } from "../values/testing.ts";
import { Store } from "./store.ts";
import { insertAll, ManualClock, NOON, schemaOf, tableIn, tableSchema } from "./testing.ts";

let directory: string;
let store: Store;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "engine-push-"));
  store = new Store({ file: join(directory, "store.sqlite"), clock: new ManualClock(NOON) });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const byName = { indexDescriptor: "by_name", fields: ["name"] };
const push = (rest: Partial<TableSchemaJson>, options: Partial<SchemaJson> = {}) =>
  store.pushSchemas(new Map([["", { ...schemaOf(tableSchema("users", rest)), ...options }]]));
const of = (validator: GenericValidator) => ({ documentType: validatorJson(validator) });
const person = v.object({ name: v.string() });

/** Another program's hand in the file. */
function tamper(sql: string): void {
  const database = new DatabaseSync(join(directory, "store.sqlite"));
  database.exec(sql);
  database.close();
}
const makeUnreadable = () => tamper("UPDATE documents SET json = 'not JSON'");
const rowsOf = (sql: string) => {
  const database = new DatabaseSync(join(directory, "store.sqlite"));
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
};

describe("a push does not look at documents", () => {
  it.each<[string, GenericValidator]>([
    ["the same validator", v.object({ name: v.string() })],
    ["a new optional field", v.object({ name: v.string(), age: v.optional(v.number()) })],
    ["a field that became optional", v.object({ name: v.optional(v.string()) })],
    ["a field that takes more", v.object({ name: v.union(v.string(), v.null()) })],
    ["one more kind of documents", v.union(v.object({ name: v.string() }), v.object({ id: v.string() }))],
    ["anything", v.any()],
    ["fields of the system's", v.object({ name: v.string(), _id: v.string(), _creationTime: v.string() })],
  ])("with %s", (_, validator) => {
    push(of(person));
    insertAll(store, "users", [{ name: "ada" }]);
    makeUnreadable();
    expect(() => push(of(validator))).not.toThrow();
  });

  it("with no validation, and none is asked for afterwards", () => {
    push(of(person));
    insertAll(store, "users", [{ name: "ada" }]);
    makeUnreadable();
    push(of(v.object({ name: v.null() })), { schemaValidation: false });
    expect(() => insertAll(store, "users", [{ anything: 1 }])).not.toThrow();
  });

  it("that it had no reason to doubt: a narrower validator, and one after a time without any, do look", () => {
    push(of(person));
    insertAll(store, "users", [{ name: "ada" }]);
    makeUnreadable();
    expect(() => push(of(v.object({ name: v.literal("ada") })))).toThrow("malformed JSON");
    push(of(person), { schemaValidation: false });
    expect(() => push(of(person))).toThrow("malformed JSON");
  });

  it("when it drops an index", () => {
    push({ indexes: [byName] });
    insertAll(store, "users", [{ name: "ada" }]);
    makeUnreadable();
    push({});
    expect(rowsOf("SELECT count(*) AS entries FROM entries WHERE index_id = (SELECT max(id) FROM indexes)")).toEqual([
      { entries: 1 },
    ]);
  });
});

describe("a staged validator", () => {
  const named = v.object({ name: v.string(), title: v.string() });
  const staged = (validator: GenericValidator) => ({ stagedDocumentType: validatorJson(validator) });
  const REFUSAL =
    "Cannot stage validators on tables whose enforced validator change needs their documents walked: users. Put the whole change in the staged validator instead, so the table is walked once, in the background.";

  it("binds nobody: documents that are there, and those that come, need not match it", () => {
    push(of(person));
    insertAll(store, "users", [{ name: "ada" }]);
    push({ ...of(person), ...staged(named) });
    insertAll(store, "users", [{ name: "bob" }]);
    expect(() => push(of(named))).toThrow('in table "users" does not match the schema: ');
  });

  it("is refused, in production's words, beside an enforced one that the documents are checked against", () => {
    push(of(person));
    expect(() => push({ ...of(named), ...staged(v.any()) })).toThrow(REFUSAL);
    push({ ...of(person), ...staged(named) });
    expect(() => push({ ...of(named), ...staged(named) })).toThrow(REFUSAL);
  });

  it("may come with a table, with an enforced one that takes more, and with one that nobody checks", () => {
    push({ ...of(person), ...staged(named) });
    push({ ...of(v.any()), ...staged(named) });
    push({ ...of(named), ...staged(named) }, { schemaValidation: false });
    expect(() => push({ ...of(person), ...staged(named) })).toThrow(REFUSAL);
  });
});

describe("a staged index", () => {
  const search = { indexDescriptor: "search", searchField: "name", filterFields: [] };
  const vector = { indexDescriptor: "by_face", vectorField: "face", dimensions: 2, filterFields: [] };
  const staged = { stagedDbIndexes: [byName], stagedSearchIndexes: [search], stagedVectorIndexes: [vector] };
  const enabled = { indexes: [byName], searchIndexes: [search], vectorIndexes: [vector] };
  const entries = () => rowsOf("SELECT e.index_id, e.key, e.row FROM entries AS e ORDER BY e.index_id, e.key");
  const indexes = () => rowsOf("SELECT id, name FROM indexes ORDER BY id");
  const stagedNames = () => store.read((tx) => [...tableIn(tx, "users").staged]);

  it("is built over the documents that are there, and follows those that come", () => {
    insertAll(store, "users", [{ name: "bob" }]);
    push(staged);
    insertAll(store, "users", [{ name: "ada" }]);
    expect(stagedNames()).toEqual(["by_name", "search", "by_face"]);
    store.read((tx) => {
      const table = tableIn(tx, "users");
      const index = table.indexes.get("by_name");
      const found = table.searchIndexes.get("search");
      if (index === undefined || found === undefined) throw new Error("the indexes are there");
      const cursor = tx.scan({ table, index, ...EVERY_KEY, descending: false, batch: 10 });
      expect([cursor.next(), cursor.next(), cursor.next()].map((row) => row?.json.includes("ada"))).toEqual([
        true,
        false,
        undefined,
      ]);
      expect(tx.search(found, { terms: ["bob"], filters: [] })).toHaveLength(1);
    });
  });

  it("is enabled, and staged again, without being built: neither documents nor entries are touched", () => {
    push(staged);
    insertAll(store, "users", [{ name: "ada" }, { name: "bob" }]);
    const before = { entries: entries(), indexes: indexes() };
    makeUnreadable();
    push(enabled);
    expect(stagedNames()).toEqual([]);
    expect({ entries: entries(), indexes: indexes() }).toEqual(before);
    push(staged);
    expect(stagedNames()).toEqual(["by_name", "search", "by_face"]);
    expect({ entries: entries(), indexes: indexes() }).toEqual(before);
  });

  it("is built anew when it holds something else", () => {
    push(staged);
    insertAll(store, "users", [{ name: "ada", age: 1 }]);
    const before = indexes();
    push({ indexes: [{ ...byName, fields: ["age"] }] });
    expect(indexes()).not.toEqual(before);
    makeUnreadable();
    expect(() => push({ indexes: [{ ...byName, fields: ["name"] }] })).toThrow("malformed JSON");
  });
});

describe("a large table", () => {
  it("is gone through once, in parts, whatever changes: each document is checked and enters each new index", () => {
    const names = Array.from({ length: 1_000 }, (_, i) => ({ name: `n${i}`, age: i }));
    insertAll(store, "users", names);
    const wide = v.object({ name: v.string(), age: v.number() });
    push({ ...of(wide), indexes: [byName, { indexDescriptor: "by_age", fields: ["age", "name"] }] });
    const counts = rowsOf("SELECT index_id, count(*) AS entries FROM entries GROUP BY index_id");
    expect(counts.map(({ entries }) => entries)).toEqual([1_000, 1_000, 1_000, 1_000]);
  });

  it("with a bad document at its end keeps all that it had, and gets nothing of the new schema", () => {
    insertAll(store, "users", [...Array.from({ length: 300 }, () => ({ name: "ada" })), { name: 5 }]);
    const before = rowsOf("SELECT * FROM entries ORDER BY index_id, key");
    expect(() => push({ ...of(person), indexes: [byName] })).toThrow(
      /^Document with ID "[0-9a-z]{32}" in table "users" does not match the schema: Value does not match validator\.\nPath: \.name\nValue: 5\.0\nValidator: v\.string\(\)$/u,
    );
    expect(rowsOf("SELECT * FROM entries ORDER BY index_id, key")).toEqual(before);
    expect(rowsOf("SELECT validator FROM tables WHERE name = 'users'")).toEqual([{ validator: null }]);
  });
});

describe("long index keys", () => {
  it("are no reason to refuse a document, and stand in their order beyond the 2,500 bytes that production splits at", () => {
    push({ indexes: [byName] });
    const long = "x".repeat(3_000);
    insertAll(store, "users", [{ name: `${long}b` }, { name: `${long}a` }, { name: long }]);
    const texts = rowsOf(
      `SELECT substr(d.json ->> '$.name', 3000) AS ending FROM entries AS e JOIN documents AS d ON d.row = e.row
       WHERE e.index_id = (SELECT max(id) FROM indexes) ORDER BY e.key`,
    );
    expect(texts.map(({ ending }) => ending)).toEqual(["x", "xa", "xb"]);
  });
});
