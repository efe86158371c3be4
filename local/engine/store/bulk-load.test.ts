import { describe, expect, test } from "vitest";
import type { Write, JsonObject } from "../types.ts";
import { EVERY_KEY } from "../values/encoding.ts";
import { encodeId } from "../values/ids.ts";
import type { BulkLoad } from "./bulk-load.ts";
import type { Store } from "./store.ts";
import { insertAll, NOON, schemaOf, storeWith, tableIn, tableSchema } from "./testing.ts";

const INTERNAL = Buffer.alloc(16, 7);
const TEXT = { type: "string" };
const field = (fieldType: JsonObject, optional = false) => ({ fieldType, optional });

const notes = tableSchema("notes", {
  indexes: [{ indexDescriptor: "by_text", fields: ["text"] }],
  searchIndexes: [{ indexDescriptor: "search", searchField: "text", filterFields: [] }],
  documentType: { type: "object", value: { text: field(TEXT) } },
});
const people = tableSchema("people", {
  documentType: { type: "object", value: { note: field({ type: "id", tableName: "notes" }) } },
});

function numberOf(store: Store, name: string): number {
  return store.read((tx) => tableIn(tx, name).number);
}

function textsOf(store: Store, index = "by_text"): unknown[] {
  return store.read((tx) => {
    const table = tableIn(tx, "notes");
    const found = table.indexes.get(index);
    if (found === undefined) throw new Error(`no index ${index}`);
    const cursor = tx.scan({ table, index: found, ...EVERY_KEY, descending: false, batch: 10 });
    const texts: unknown[] = [];
    for (let row = cursor.next(); row !== null; row = cursor.next()) texts.push(JSON.parse(row.json).text);
    return texts;
  });
}

/** Loads notes in the place of those that are there, and gives their ids. */
function replaceNotes(load: BulkLoad, documents: readonly JsonObject[]): string[] {
  const table = load.require("", "notes");
  load.clear(table);
  return documents.map((document) => load.insert(table, document));
}

describe("single documents", () => {
  test("are written with what is loaded, or not at all, and are announced with it", () => {
    const store = storeWith(notes, people);
    const [note = ""] = insertAll(store, "notes", [{ text: "old" }]);
    const commits: (readonly Write[])[] = [];
    store.onCommit(({ writes }) => commits.push(writes));
    const rename = (load: BulkLoad) => {
      load.clear(load.require("", "people"));
      load.write((tx) => tx.replace(tableIn(tx, "notes"), note, { text: "new" }));
    };
    const failing = (load: BulkLoad) => {
      rename(load);
      throw new Error("no");
    };
    expect(() => store.load(failing)).toThrow("no");
    expect(textsOf(store)).toEqual(["old"]);
    store.load(rename);
    expect(textsOf(store)).toEqual(["new"]);
    const byText = store.read((tx) => tableIn(tx, "notes").indexes.get("by_text")?.id);
    expect(commits).toHaveLength(1);
    expect(commits[0]?.filter(({ index }) => index === byText)).toHaveLength(2);
  });
});

describe("documents", () => {
  test("keep the id and the creation time that they bring, and are in every index", () => {
    const store = storeWith(notes);
    const id = encodeId(numberOf(store, "notes"), INTERNAL);
    store.load((load) => replaceNotes(load, [{ _id: id, _creationTime: 12.5, text: "kept" }, { text: "a new one" }]));
    expect(textsOf(store)).toEqual(["a new one", "kept"]);
    expect(textsOf(store, "by_creation_time")).toEqual(["kept", "a new one"]);
    const kept = store.read((tx) => tx.get(tableIn(tx, "notes"), id));
    expect(JSON.parse(kept ?? "")).toEqual({ _id: id, _creationTime: 12.5, text: "kept" });
    const found = store.read((tx) => {
      const index = tableIn(tx, "notes").searchIndexes.get("search");
      return index && tx.search(index, { terms: ["kept"], filters: [] });
    });
    expect(found?.map((hit) => hit.id)).toEqual([id]);
  });

  test("without an id or a time get them as if they were inserted, and later ones come after them", () => {
    const store = storeWith(notes);
    const [id = ""] = store.load((load) => replaceNotes(load, [{ text: "first" }]));
    insertAll(store, "notes", [{ text: "second" }]);
    expect(textsOf(store, "by_creation_time")).toEqual(["first", "second"]);
    const json = store.read((tx) => tx.get(tableIn(tx, "notes"), id));
    expect(JSON.parse(json ?? "")).toMatchObject({ _creationTime: NOON });
  });

  test("are not counted: more than one transaction may write", () => {
    const store = storeWith(notes);
    const many = Array.from({ length: 16_500 }, (_, n) => ({ text: `note ${n}` }));
    store.load((load) => replaceNotes(load, many));
    expect(store.read((tx) => tx.count(tableIn(tx, "notes")))).toBe(many.length);
    store.load((load) => load.clear(load.require("", "notes")));
    expect(textsOf(store)).toEqual([]);
  });
});

describe("what does not fit changes nothing", () => {
  const table = (store: Store) => numberOf(store, "notes");
  test.each<[string, (store: Store) => JsonObject, RegExp]>([
    [
      "a field too many",
      () => ({ text: "x", more: 1 }),
      /does not match the schema: Object contains extra field `more`/,
    ],
    ["an id of another table", (store) => ({ _id: encodeId(table(store) + 1), text: "x" }), /have a different format/],
    ["an id that is none", () => ({ _id: "nothing", text: "x" }), /invalid _id 'nothing'/],
    [
      "an id that is taken",
      (store) => ({ _id: encodeId(table(store), INTERNAL), text: "x" }),
      /have duplicate _id fields/,
    ],
    ["a name with a dollar", () => ({ text: { $x: 1 } }), /starts with a '\$'/],
  ])("%s", (_what, make, message) => {
    const store = storeWith(notes);
    insertAll(store, "notes", [{ text: "old" }]);
    const before = store.latestTimestamp();
    const documents = [{ _id: encodeId(table(store), INTERNAL), text: "taken" }, make(store)];
    expect(() => store.load((load) => replaceNotes(load, documents))).toThrow(message);
    expect(textsOf(store)).toEqual(["old"]);
    expect(store.latestTimestamp()).toBe(before);
  });

  test("a table that was made, dropped or numbered anew is what it was", () => {
    const store = storeWith(notes, people);
    const before = [numberOf(store, "notes"), numberOf(store, "people")];
    expect(() =>
      store.load((load) => {
        load.number("", new Map([["notes", before[1] ?? 0], ["people", before[0] ?? 0], ["fresh", null]])); // prettier-ignore
        load.drop(load.require("", "people"));
        throw new Error("on second thoughts");
      }),
    ).toThrow("on second thoughts");
    expect([numberOf(store, "notes"), numberOf(store, "people")]).toEqual(before);
    expect(store.read((tx) => tx.table("", "fresh"))).toBeNull();
  });
});

describe("numbers", () => {
  test("may be swapped, and ids in other documents are checked against the new ones", () => {
    const store = storeWith(notes, people);
    const [first, second] = [numberOf(store, "notes"), numberOf(store, "people")];
    const id = encodeId(second, INTERNAL);
    store.load((load) => {
      load.number("", new Map([["notes", second], ["people", first]])); // prettier-ignore
      replaceNotes(load, [{ _id: id, text: "referred to" }]);
      load.insert(load.require("", "people"), { note: id });
    });
    expect([numberOf(store, "notes"), numberOf(store, "people")]).toEqual([second, first]);
    expect(store.read((tx) => tx.tableNameOf("", id))).toBe("notes");
  });

  test("that are free are found when nobody asks for one", () => {
    const store = storeWith(notes, people);
    const number = numberOf(store, "notes");
    store.load((load) => load.number("", new Map([["other", number], ["notes", null]]))); // prettier-ignore
    expect(numberOf(store, "other")).toBe(number);
    expect(numberOf(store, "notes")).toBeGreaterThan(numberOf(store, "people"));
  });

  test("of the tables of files and jobs are production's", () => {
    const store = storeWith(notes);
    expect([numberOf(store, "_storage"), numberOf(store, "_scheduled_functions")]).toEqual([540, 539]);
    expect(numberOf(store, "notes")).toBe(10_001);
  });
});

test("a table that is dropped is gone with its documents, and a push makes it anew", () => {
  const store = storeWith(notes, people);
  insertAll(store, "notes", [{ text: "gone" }]);
  store.load((load) => load.drop(load.require("", "notes")));
  expect(store.read((tx) => tx.table("", "notes"))).toBeNull();
  store.pushSchemas(new Map([["", schemaOf(notes, people)]]));
  expect(textsOf(store)).toEqual([]);
});

test("everything that read a touched table is announced as stale, once it is in the file", () => {
  const store = storeWith(notes, people);
  const heard: { writes: readonly Write[]; timestamp: bigint; texts: unknown[] }[] = [];
  store.onCommit(({ writes, timestamp }) => heard.push({ writes, timestamp, texts: textsOf(store) }));
  store.load((load) => replaceNotes(load, [{ text: "told" }]));
  const [only, ...more] = heard;
  expect(more).toEqual([]);
  expect([only?.texts, only?.timestamp]).toEqual([["told"], store.latestTimestamp()]);
  const ids = store.read((tx) => [...tableIn(tx, "notes").indexes.values()].map(({ id }) => id));
  const untouched = store.read((tx) => tableIn(tx, "people").byId.id);
  const announced = new Set(only?.writes.map(({ index }) => index));
  expect(ids.every((id) => announced.has(id))).toBe(true);
  expect(announced.has(untouched)).toBe(false);
  expect(only?.writes.every((write) => "key" in write && write.key === null)).toBe(true);
});

test("files go with the table of files", () => {
  const store = storeWith(notes);
  const id = store.load((load) => {
    const file = load.insert(load.require("", "_storage"), { sha256: "00", size: 1 });
    load.files.put(file, Buffer.from("x"));
    return file;
  });
  expect(String(store.read((tx) => tx.files.get(id)))).toBe("x");
  store.load((load) => load.clear(load.require("", "_storage")));
  expect(store.read((tx) => tx.files.get(id))).toBeNull();
});
