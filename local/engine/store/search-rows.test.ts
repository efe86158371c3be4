import { describe, expect, it } from "vitest";
import { parseDocument } from "../values/documents.ts";
import { UNDEFINED, type Value } from "../values/encoding.ts";
import type { Store } from "./store.ts";
import { covers, insertAll, storeWith, tableIn, tableSchema } from "./testing.ts";

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

  it("puts better matches first, and newer ones before older ones that match alike", () => {
    const store = notes();
    insertAll(store, "notes", [
      { n: 1, text: "apple pie" },
      { n: 2, text: "apple pie" },
      { n: 3, text: "apple apple" },
      { n: 4, text: "a long text about many things and one apple" },
    ]);
    expect(find(store, ["apple"])).toEqual([3, 2, 1, 4]);
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
    expect(find(store, ["f0x"])).toEqual([]);
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

  it("depends on every write to a searchable document of its table, and on no other", () => {
    const store = notes();
    const commits: boolean[] = [];
    const reader = store.read((tx) => {
      const table = tableIn(tx, "notes");
      const index = table.searchIndexes.get("search");
      if (index !== undefined) tx.search(index, { terms: ["apple"], filters: [] });
      return { reads: tx.reads };
    });
    store.onCommit(({ writes }) => commits.push(writes.some((write) => covers(reader, write))));
    insertAll(store, "notes", [{ text: "unrelated words" }]);
    insertAll(store, "notes", [{ n: 5 }]);
    insertAll(store, "others", [{ text: "apple" }]);
    expect(commits).toEqual([true, false, false]);
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
