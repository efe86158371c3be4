import { describe, expect, it } from "vitest";
import { EVERY_KEY } from "../values/encoding.ts";
import { TRANSACTION_LIMITS } from "../values/limits.ts";
import { ReadLimitError } from "./limit-messages.ts";
import type { RangeCursor } from "./range-cursor.ts";
import { insertAll, storeWith, tableIn, tableSchema } from "./testing.ts";
import type { Transaction } from "./transaction.ts";

function open(tx: Transaction, descending = false): RangeCursor {
  const table = tableIn(tx, "users");
  return tx.scan({ table, index: table.byCreationTime, ...EVERY_KEY, descending, batch: 2 });
}

function numbered(count: number) {
  const store = storeWith(tableSchema("users"));
  insertAll(
    store,
    "users",
    Array.from({ length: count }, (_, n) => ({ n })),
  );
  return store;
}

describe("a range cursor", () => {
  it("counts and records rows that are taken, not those that it fetched or showed", () => {
    numbered(5).read((tx) => {
      const cursor = open(tx);
      expect(cursor.peek()?.json).toContain('"n":0');
      expect(tx.usage).toMatchObject({ documentsRead: 0, databaseQueries: 0 });
      const first = cursor.next();
      expect(first?.json).toContain('"n":0');
      expect(tx.usage).toMatchObject({ documentsRead: 1, bytesRead: first?.size, databaseQueries: 1 });
      expect(tx.reads).toEqual([
        {
          index: tableIn(tx, "users").byCreationTime.id,
          low: EVERY_KEY.low,
          high: Buffer.concat([first?.key ?? Buffer.alloc(0), Buffer.from([0])]),
        },
      ]);
    });
  });

  it("grows downwards when it descends", () => {
    numbered(5).read((tx) => {
      const cursor = open(tx, true);
      cursor.next();
      const second = cursor.next();
      expect(second?.json).toContain('"n":3');
      expect(tx.reads).toMatchObject([{ low: second?.key, high: EVERY_KEY.high }]);
    });
  });

  it("stays at its end, and gives nothing after it was closed", () => {
    numbered(1).read((tx) => {
      const cursor = open(tx);
      expect([cursor.next() === null, cursor.next(), cursor.next()]).toEqual([false, null, null]);
      expect(tx.reads).toMatchObject([EVERY_KEY]);
      const closed = open(tx);
      closed.close();
      expect(closed.next()).toBeNull();
    });
  });

  it("sees rows of its own transaction that lie beyond what it fetched", () => {
    const store = numbered(2);
    store.write((tx) => {
      const cursor = open(tx);
      cursor.next();
      tx.insert(tableIn(tx, "users"), { n: 2 });
      cursor.next();
      expect(cursor.next()?.json).toContain('"n":2');
    });
  });

  it("stops at the limit of documents and keeps the row for who may still read it", { timeout: 30_000 }, () => {
    const store = numbered(16_000);
    insertAll(
      store,
      "users",
      Array.from({ length: 16_000 }, () => ({})),
    );
    insertAll(store, "users", [{ n: "last" }]);
    store.read((tx) => {
      const cursor = open(tx);
      for (let i = 0; i < TRANSACTION_LIMITS.documentsRead; i++) cursor.next();
      expect(() => cursor.next()).toThrow(ReadLimitError);
      expect(cursor.peek()?.json).toContain("last");
    });
  });

  it("wants at least one row at a time", () => {
    numbered(0).read((tx) => {
      const table = tableIn(tx, "users");
      const scan = { table, index: table.byId, ...EVERY_KEY, descending: false };
      expect(() => tx.scan({ ...scan, batch: 0 })).toThrow(RangeError);
    });
  });
});
