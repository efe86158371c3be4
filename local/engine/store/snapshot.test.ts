import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../values/documents.ts";
import type { Store } from "./store.ts";
import { everythingIn, insertAll, storeWith, tableIn, tableSchema } from "./testing.ts";
import type { Transaction } from "./transaction.ts";

const users = tableSchema("users", {
  indexes: [{ indexDescriptor: "by_name", fields: ["name"] }],
  searchIndexes: [{ indexDescriptor: "search_name", searchField: "name", filterFields: [] }],
});

type Change = { kind: "insert" | "replace" | "remove"; nth: number; name: string; fails: boolean };

const name = fc.constantFrom("ada", "bob", "cy");
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("insert", "replace", "remove"),
  nth: fc.nat(9),
  name,
  fails: fc.boolean(),
});

describe("a snapshot inside a transaction", () => {
  it("shows what was there before it, however often it is asked, and changes nothing of what the transaction did", () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), fc.array(change, { maxLength: 12 }), (committed, changes) => {
        const store = storeWith(users);
        const ids = insertAll(
          store,
          "users",
          committed.map((each) => ({ name: each })),
        );
        const before = store.read(everythingIn);
        const written = store.write((tx) => {
          for (const each of changes) {
            apply(tx, ids, each);
            expect(tx.onSnapshot(everythingIn)).toEqual(before);
          }
          return everythingIn(tx);
        });
        expect(store.read(everythingIn)).toEqual(written.value);
      }),
      { numRuns: 50 },
    );
  });

  it("is nothing that the transaction depends on", () => {
    const store = storeWith(users);
    store.write((tx) => {
      const reads = tx.reads.length;
      tx.onSnapshot(everythingIn);
      expect(tx.reads).toHaveLength(reads);
    });
  });

  it("has no table that the transaction made, as far as one can see", () => {
    const store = storeWith();
    store.write((tx) => {
      tx.insert(tx.ensureTable("", "users"), { name: "ada" });
      expect(tx.onSnapshot((old) => old.count(tableIn(old, "users")))).toBe(0);
      expect(tx.count(tableIn(tx, "users"))).toBe(1);
    });
  });

  it("cannot be written to", () => {
    const store = storeWith(users);
    store.write((tx) => {
      const insert = (old: Transaction) => old.insert(tableIn(old, "users"), {});
      expect(() => tx.onSnapshot(insert)).toThrow("only reads");
      tx.insert(tableIn(tx, "users"), { name: "ada" });
      expect(() => tx.onSnapshot(insert)).toThrow("only reads");
    });
    expect(found(store)).toEqual(["ada"]);
  });

  it("that fails leaves the transaction as it was", () => {
    const store = storeWith(users);
    store.write((tx) => {
      tx.insert(tableIn(tx, "users"), { name: "ada" });
      const fail = () => {
        throw new Error("no");
      };
      expect(() => tx.onSnapshot(fail)).toThrow("no");
      tx.insert(tableIn(tx, "users"), { name: "bob" });
    });
    expect(found(store)).toEqual(["ada", "bob"]);
  });
});

function found(store: Store): unknown[] {
  return store.read((tx) => everythingIn(tx).documents.map((json) => parseDocument(json)["name"]));
}

/** `ids` are all documents ever made; what is not there any more is left alone. */
function apply(tx: Transaction, ids: string[], { kind, nth, name: given, fails }: Change): void {
  const table = tableIn(tx, "users");
  const write = () => {
    const id = ids[nth % Math.max(ids.length, 1)];
    if (kind === "insert") ids.push(tx.insert(table, { name: given }));
    else if (id !== undefined && tx.get(table, id) !== null) {
      if (kind === "replace") tx.replace(table, id, { name: given });
      else tx.remove(table, id);
    }
    if (fails) throw new Error("undo");
  };
  if (!fails) return write();
  expect(() => tx.subtransaction(write)).toThrow("undo");
}
