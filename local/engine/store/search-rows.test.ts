import { describe, expect, it } from "vitest";
import { parseDocument } from "../values/documents.ts";
import { UNDEFINED, type Value } from "../values/encoding.ts";
import type { Table } from "./catalog.ts";
import type { Store } from "./store.ts";
import { covers, insertAll, storeWith, tableIn, tableSchema } from "./testing.ts";
import type { Transaction } from "./transaction.ts";

function notes(): Store {
  return storeWith(
    tableSchema("notes", {
      searchIndexes: [{ indexDescriptor: "search", searchField: "text", filterFields: ["owner", "done"] }],
    }),
  );
}

function find(store: Store, terms: string[], filters: { field: string; value: Value }[] = []): unknown[] {
  return store.read((tx) => {
    const table = tableIn(tx, "notes");
    const index = table.searchIndexes.get("search");
    const hits = index === undefined ? [] : tx.search(index, { terms, filters });
    return hits.map(({ json }) => parseDocument(json)["n"]);
  });
}

describe("text search", () => {
  it("finds any of the words, and the last one also as a beginning", () => {
    const store = notes();
    insertAll(store, "notes", [
      { n: 1, text: "red apple" },
      { n: 2, text: "green pear" },
      { n: 3, text: "applesauce" },
    ]);
    expect(new Set(find(store, ["apple"]))).toEqual(new Set([1, 3]));
    expect(new Set(find(store, ["apple", "green"]))).toEqual(new Set([1, 2]));
    expect(find(store, ["plum"])).toEqual([]);
    expect(find(store, [])).toEqual([]);
  });

  it("filters by equal values of any type, missing ones included", () => {
    const store = notes();
    insertAll(store, "notes", [
      { n: 1, text: "apple", owner: "ann", done: true },
      { n: 2, text: "apple", owner: "bob", done: true },
      { n: 3, text: "apple", owner: "ann" },
    ]);
    expect(find(store, ["apple"], [{ field: "owner", value: "ann" }])).toEqual([3, 1]);
    expect(
      find(
        store,
        ["apple"],
        [
          { field: "owner", value: "ann" },
          { field: "done", value: true },
        ],
      ),
    ).toEqual([1]);
    expect(find(store, ["apple"], [{ field: "done", value: UNDEFINED }])).toEqual([3]);
    expect(find(store, ["apple"], [{ field: "done", value: "true" }])).toEqual([]);
  });

  it("does not take a filter's value for a word", () => {
    const store = notes();
    insertAll(store, "notes", [{ n: 1, text: "apple", owner: "ann" }]);
    expect(find(store, ["ann"])).toEqual([]);
    expect(find(store, ["owner"])).toEqual([]);
  });

  it("follows changes and removals", () => {
    const store = notes();
    const [first = "", second = ""] = insertAll(store, "notes", [
      { n: 1, text: "apple" },
      { n: 2, text: "apple" },
    ]);
    store.write((tx) => {
      tx.replace(tableIn(tx, "notes"), first, { n: 1, text: "pear" });
      tx.remove(tableIn(tx, "notes"), second);
    });
    expect(find(store, ["apple"])).toEqual([]);
    expect(find(store, ["pear"])).toEqual([1]);
    store.write((tx) => tx.replace(tableIn(tx, "notes"), first, { n: 1, text: 5 }));
    expect(find(store, ["pear"])).toEqual([]);
  });

  it("finds what the same transaction wrote", () => {
    const store = notes();
    const found = store.write((tx) => {
      const table = tableIn(tx, "notes");
      const id = tx.insert(table, { text: "apple" });
      const index = table.searchIndexes.get("search");
      return index === undefined ? [] : tx.search(index, { terms: ["apple"], filters: [] }).map((hit) => hit.id === id);
    }).value;
    expect(found).toEqual([true]);
  });

  it("depends on documents that match it, before a write or after, and on no others", () => {
    const store = notes();
    const [hit = "", other = ""] = insertAll(store, "notes", [
      { text: "apple pie", owner: "ann", n: 1 },
      { text: "pear", owner: "ann" },
    ]);
    const reader = store.read((tx) => {
      const index = tableIn(tx, "notes").searchIndexes.get("search");
      if (index !== undefined) tx.search(index, { terms: ["red", "app"], filters: [{ field: "owner", value: "ann" }] });
      return { reads: tx.reads };
    });
    const isTold = (change: (tx: Transaction, notes: Table) => void) => {
      let told = false;
      const stop = store.onCommit(({ writes }) => (told = writes.some((write) => covers(reader, write))));
      store.write((tx) => change(tx, tableIn(tx, "notes")));
      stop();
      return told;
    };
    expect(isTold((tx, table) => tx.insert(table, { text: "a red hat", owner: "ann" }))).toBe(true);
    expect(isTold((tx, table) => tx.insert(table, { text: "a red hat", owner: "bob" }))).toBe(false);
    expect(isTold((tx, table) => tx.insert(table, { text: "redder", owner: "ann" }))).toBe(false);
    expect(isTold((tx, table) => tx.insert(table, { n: 5, owner: "ann" }))).toBe(false);
    expect(isTold((tx, table) => tx.replace(table, hit, { text: "apple pie", owner: "ann", n: 2 }))).toBe(true);
    expect(isTold((tx, table) => tx.replace(table, other, { text: "pears", owner: "ann" }))).toBe(false);
    expect(isTold((tx, table) => tx.replace(table, other, { text: "application", owner: "ann" }))).toBe(true);
    expect(isTold((tx, table) => tx.replace(table, hit, { text: "apple pie", owner: "bob" }))).toBe(true);
    expect(isTold((tx, table) => tx.remove(table, hit))).toBe(false);
    expect(isTold((tx, table) => tx.remove(table, other))).toBe(true);
    insertAll(store, "others", [{ text: "apple", owner: "ann" }]);
  });

  it("without a term finds nothing, and depends on nothing", () => {
    const store = notes();
    insertAll(store, "notes", [{ text: "apple" }]);
    store.read((tx) => {
      const index = tableIn(tx, "notes").searchIndexes.get("search");
      expect(index && tx.search(index, { terms: [], filters: [] })).toEqual([]);
      expect(tx.reads).toEqual([]);
    });
  });

  it("gives at most 1,024 documents", () => {
    const store = notes();
    insertAll(
      store,
      "notes",
      Array.from({ length: 1030 }, (_, n) => ({ n, text: "apple" })),
    );
    expect(find(store, ["apple"])).toHaveLength(1024);
  });
});
