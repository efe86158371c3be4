import fc from "fast-check";
import { expect, it } from "vitest";
import { parseDocument } from "../values/documents.ts";
import { EVERY_KEY } from "../values/encoding.ts";
import { insertAll, storeWith, tableIn, tableSchema } from "./testing.ts";
import type { Transaction } from "./transaction.ts";

type Step = { at: number; kind: "replace" | "remove"; n: number; fails: boolean };

const steps = fc.array(
  fc.record({
    at: fc.nat({ max: 2 }),
    kind: fc.constantFrom<Step["kind"]>("replace", "remove"),
    n: fc.nat(),
    fails: fc.boolean(),
  }),
  { maxLength: 10 },
);

it("a transaction finds by id what it finds by index, after each thing that it writes or takes back", () => {
  fc.assert(
    fc.property(steps, (changes) => {
      const store = storeWith(tableSchema("items"));
      const ids = insertAll(store, "items", [{ n: 0 }, { n: 0 }, { n: 0 }]);
      store.write((tx) => {
        for (const change of changes) {
          attempt(tx, ids[change.at] ?? "", change);
          expect(byId(tx, ids)).toEqual(byIndex(tx, ids));
        }
      });
      store.read((tx) => expect(byId(tx, ids)).toEqual(byIndex(tx, ids)));
    }),
    { numRuns: 60 },
  );
});

it("another transaction sees what was written since it last looked", () => {
  const store = storeWith(tableSchema("items"));
  const [id = ""] = insertAll(store, "items", [{ n: 1 }]);
  const look = () => store.read((tx) => byId(tx, [id]));
  expect(look()).toEqual([1]);
  store.write((tx) => tx.replace(tableIn(tx, "items"), id, { n: 2 }));
  expect(look()).toEqual([2]);
  store.write((tx) => tx.remove(tableIn(tx, "items"), id));
  expect(look()).toEqual([null]);
});

it("an id that was made and taken back is nobody's", () => {
  const store = storeWith(tableSchema("items"));
  store.write((tx) => {
    let id = "";
    const attempted = () =>
      tx.subtransaction(() => {
        id = tx.insert(tableIn(tx, "items"), { n: 1 });
        expect(byId(tx, [id])).toEqual([1]);
        throw new Error("undo");
      });
    expect(attempted).toThrow("undo");
    expect(byId(tx, [id])).toEqual([null]);
  });
});

it("tables of two components keep documents apart, whatever ids are asked for", () => {
  const store = storeWith(tableSchema("items"));
  const id = store.write((tx) => tx.insert(tx.ensureTable("part", "items"), { n: 1 })).value;
  store.read((tx) => {
    expect(tx.get(tableIn(tx, "items"), id)).toBeNull();
    expect(tx.get(tx.table("part", "items") ?? tableIn(tx, "items"), id)).toContain('"n":1');
  });
});

function attempt(tx: Transaction, id: string, { kind, n, fails }: Step): void {
  const table = tableIn(tx, "items");
  if (tx.get(table, id) === null) return;
  const undo = new Error("undo");
  try {
    tx.subtransaction(() => {
      if (kind === "remove") tx.remove(table, id);
      else tx.replace(table, id, { n });
      if (fails) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

/** What each document's `n` is, null when it is gone. */
function byId(tx: Transaction, ids: readonly string[]): unknown[] {
  return ids.map((id) => {
    const json = tx.get(tableIn(tx, "items"), id);
    return json === null ? null : parseDocument(json)["n"];
  });
}

function byIndex(tx: Transaction, ids: readonly string[]): unknown[] {
  const table = tableIn(tx, "items");
  const cursor = tx.scan({ table, index: table.byCreationTime, ...EVERY_KEY, descending: false, batch: 4 });
  const found = new Map<unknown, unknown>();
  for (let row = cursor.next(); row !== null; row = cursor.next()) {
    const document = parseDocument(row.json);
    found.set(document["_id"], document["n"]);
  }
  return ids.map((id) => found.get(id) ?? null);
}
