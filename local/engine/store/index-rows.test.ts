import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { encodeKey, EVERY_KEY } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";
import { values } from "../values/testing.ts";
import type { Index, Table } from "./catalog.ts";
import { Connection } from "./connection.ts";
import { IndexRows } from "./index-rows.ts";
import { Postings } from "./postings.ts";
import { SearchRows } from "./search-rows.ts";
import type { Store } from "./store.ts";
import { insertAll, storeWith, tableIn, tableSchema } from "./testing.ts";
import type { Transaction } from "./transaction.ts";
import { VectorRows } from "./vector-rows.ts";

const indexes = [
  { indexDescriptor: "by_a_b", fields: ["a", "b"] },
  { indexDescriptor: "by_inner", fields: ["b.inner"] },
];
const items = tableSchema("items", { indexes });
const contents: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom("a", "b", "c"), values, { maxKeys: 3 });

type Step = { at: number; document: JsonObject | null; fails: boolean };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ at: fc.nat({ max: 4 }), document: fc.option(contents), fails: fc.boolean() }),
  { maxLength: 12 },
);

describe("the rows of indexes", () => {
  it("are those of the documents that are there, whatever was written, removed or undone", () => {
    fc.assert(
      fc.property(fc.array(contents, { minLength: 1, maxLength: 5 }), steps, (start, changes) => {
        const store = storeWith(items);
        const ids = insertAll(store, "items", start);
        store.write((tx) => {
          for (const change of changes) attempt(tx, ids[change.at % ids.length] ?? "", change);
        });
        for (const name of ["by_a_b", "by_inner", "by_id", "by_creation_time"]) {
          const { found, expected } = keysOf(store, name);
          expect(found).toEqual(expected);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("what a change tells readers", () => {
  const ordered: Index = { id: 7, name: "by_a", fields: ["a", "_id"] };
  const table: Table = {
    key: 1,
    number: 10_001,
    component: "",
    name: "items",
    byId: ordered,
    byCreationTime: ordered,
    indexes: new Map([["by_a", ordered]]),
    searchIndexes: new Map(),
    vectorIndexes: new Map(),
    staged: new Set(),
    validator: null,
  };
  const connection = Connection.open({ file: ":memory:", synchronous: "OFF" });
  const postings = new Postings(connection);
  const rows = new IndexRows({
    connection,
    search: new SearchRows(connection, postings),
    vectors: new VectorRows(connection, postings),
  });
  const keyOf = (a: number, id: string) => ({ index: 7, key: encodeKey([a, id]) });

  it("is the new key, then both, then the old one", () => {
    const id = "x";
    const row = 1;
    const documents = [null, { _id: id, a: 1 }, { _id: id, a: 2 }, null];
    const told = [0, 1, 2].map((i) =>
      rows.apply({ table, row, before: documents[i] ?? null, after: documents[i + 1] ?? null }),
    );
    expect(told).toEqual([[keyOf(1, id)], [keyOf(1, id), keyOf(2, id)], [keyOf(2, id)]]);
  });

  it("is the key once when it stays: the document under it changed", () => {
    const id = "y";
    const row = 2;
    rows.apply({ table, row, before: null, after: { _id: id, a: 1 } });
    const told = rows.apply({ table, row, before: { _id: id, a: 1 }, after: { _id: id, a: 1, b: 2 } });
    expect(told).toEqual([keyOf(1, id)]);
  });
});

/** Makes a change unless its document is gone; undoes it again if it is to fail. */
function attempt(tx: Transaction, id: string, { document, fails }: Step): void {
  const table = tableIn(tx, "items");
  if (tx.get(table, id) === null) return;
  const undo = new Error("undo");
  try {
    tx.subtransaction(() => {
      if (document === null) tx.remove(table, id);
      else tx.replace(table, id, document);
      if (fails) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

/** The keys in an index, and those that its documents should have. */
function keysOf(store: Store, name: string): { found: Buffer[]; expected: Buffer[] } {
  return store.read((tx) => {
    const table = tableIn(tx, "items");
    const index = table.indexes.get(name) ?? table.byId;
    const rows = scan(tx, table, index);
    const documents = scan(tx, table, table.byCreationTime).map(({ json }) => parseDocument(json));
    const keys = documents.map((document) => encodeKey(index.fields.map((field) => fieldAt(document, field))));
    return { found: rows.map(({ key }) => key), expected: keys.toSorted((a, b) => Buffer.compare(a, b)) };
  });
}

function scan(tx: Transaction, table: Table, index: Index) {
  const cursor = tx.scan({ table, index, ...EVERY_KEY, descending: false, batch: 4 });
  const rows: { key: Buffer; json: string }[] = [];
  for (let row = cursor.next(); row !== null; row = cursor.next()) rows.push(row);
  return rows;
}
