import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SearchQuery } from "../store/search-rows.ts";
import type { Store } from "../store/store.ts";
import { insertAll, storeWith, tableIn, tableSchema } from "../store/testing.ts";
import type { Transaction } from "../store/transaction.ts";
import type { JsonObject, Read } from "../types.ts";
import { Readers } from "./readers.ts";

const range = (index: number, low: string, high: string): Read => ({
  index,
  low: Buffer.from(low),
  high: Buffer.from(high),
});
const search = (index: number, prefix: string): Read => ({ index, terms: [prefix], prefix, filters: [] });
const entryOf = (term: string) => ({ terms: new Map([[term, 1]]), length: 1, filters: new Map() });

describe("the readers of a write", () => {
  it("are those whose reads cover it, in its own index", () => {
    const readers = new Readers<string>();
    readers.add(range(1, "a", "c"), "range");
    readers.add(search(2, "tea"), "search");
    const found = new Set<string>();
    readers.collect({ index: 1, key: Buffer.from("b") }, found);
    readers.collect({ index: 2, key: Buffer.from("b") }, found);
    readers.collect({ index: 1, entry: entryOf("tea") }, found);
    expect(found).toEqual(new Set(["range"]));
    readers.collect({ index: 2, entry: entryOf("teapot") }, found);
    expect(found).toEqual(new Set(["range", "search"]));
  });

  it("are all of an index when the whole of it was written", () => {
    const readers = new Readers<string>();
    readers.add(range(1, "a", "c"), "range");
    readers.add(search(2, "tea"), "search");
    for (const [index, owner] of [
      [1, "range"],
      [2, "search"],
    ] as const) {
      const found = new Set<string>();
      readers.collect({ index, key: null }, found);
      expect(found).toEqual(new Set([owner]));
    }
  });

  it("are none once their reads are deleted", () => {
    const readers = new Readers<string>();
    const reads = [range(1, "a", "c"), search(2, "tea")];
    for (const read of reads) readers.add(read, "x");
    expect(readers.isEmpty).toBe(false);
    for (const read of reads) readers.delete(read, "x");
    for (const read of reads) readers.delete(read, "never added");
    expect(readers.isEmpty).toBe(true);
  });
});

const notes = tableSchema("notes", {
  searchIndexes: [{ indexDescriptor: "search", searchField: "text", filterFields: ["owner", "open"] }],
});
const word = fc.constantFrom("tea", "teapot", "milk", "sugar", "Te");
const owner = fc.constantFrom("ann", "bob");
const note: fc.Arbitrary<JsonObject> = fc.record(
  {
    text: fc.array(word, { maxLength: 3 }).map((words) => words.join(" ")),
    owner,
    open: fc.boolean(),
    n: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: [] },
);
const asked: fc.Arbitrary<SearchQuery> = fc.record({
  terms: fc.array(fc.constantFrom("tea", "teapot", "milk", "te", "s"), { minLength: 1, maxLength: 2 }),
  filters: fc.constantFrom(
    [],
    [{ field: "owner", value: "ann" }],
    [
      { field: "open", value: true },
      { field: "owner", value: "bob" },
    ],
  ),
});
type Change = { kind: "insert" | "replace" | "remove"; at: number; note: JsonObject; fails: boolean };
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("insert", "replace", "remove"),
  at: fc.nat({ max: 5 }),
  note,
  fails: fc.boolean(),
});

describe("a live text search", () => {
  it("hears of every commit that changes what it finds, whatever was written, removed or undone", () => {
    fc.assert(
      fc.property(
        fc.array(note, { minLength: 1, maxLength: 6 }),
        fc.array(asked, { minLength: 1, maxLength: 4 }),
        fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
        (start, searches, commits) => {
          const store = storeWith(notes);
          const ids = insertAll(store, "notes", start);
          const readers = new Readers<number>();
          let told = new Set<number>();
          store.onCommit(({ writes }) => writes.forEach((write) => readers.collect(write, told)));
          searches.forEach((query, i) => find(store, query).reads.forEach((read) => readers.add(read, i)));
          for (const changes of commits) {
            const before = searches.map((query) => find(store, query).found);
            told = new Set();
            store.write((tx) => changes.forEach((one) => apply(tx, ids, one)));
            const changed = searches.flatMap((query, i) => (find(store, query).found === before[i] ? [] : [i]));
            expect(changed.filter((i) => !told.has(i))).toEqual([]);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});

/** What a search finds, whatever its order, and what it read. */
function find(store: Store, query: SearchQuery): { found: string; reads: readonly Read[] } {
  return store.read((tx) => {
    const index = tableIn(tx, "notes").searchIndexes.get("search");
    const hits = index === undefined ? [] : tx.search(index, query);
    return { found: JSON.stringify(hits.map(({ json }) => json).toSorted()), reads: tx.reads };
  });
}

/** A change, unless its document is gone; undone again if it is to fail. */
function apply(tx: Transaction, ids: readonly string[], { kind, at, note: fields, fails }: Change): void {
  const table = tableIn(tx, "notes");
  const id = ids[at % ids.length] ?? "";
  const undo = new Error("undo");
  try {
    tx.subtransaction(() => {
      if (kind === "insert") tx.insert(table, fields);
      else if (tx.get(table, id) === null) return;
      else if (kind === "replace") tx.replace(table, id, fields);
      else tx.remove(table, id);
      if (fails) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}
