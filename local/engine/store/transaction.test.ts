import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { encodeKey, EVERY_KEY } from "../values/encoding.ts";
import { decodeId, encodeId } from "../values/ids.ts";
import { Store } from "./store.ts";
import { ManualClock, NOON, covers, insertAll, schemaOf, storeWith, tableIn, tableSchema } from "./testing.ts";
import type { Transaction } from "./transaction.ts";

const users = tableSchema("users", { indexes: [{ indexDescriptor: "by_name", fields: ["name"] }] });

function load(store: Store, id: string): JsonObject | null {
  return store.read((tx) => {
    const json = tx.get(tableIn(tx, "users"), id);
    return json === null ? null : parseDocument(json);
  });
}

function failing(tx: Transaction, body: () => void): void {
  expect(() =>
    tx.subtransaction(() => {
      body();
      throw new Error("undo");
    }),
  ).toThrow("undo");
}

describe("documents", () => {
  it("are stored with an id of their table and a creation time, fields in order", () => {
    const store = storeWith(users);
    const [id = ""] = insertAll(store, "users", [{ name: "ada", Z: 1 }]);
    const json = store.read((tx) => tx.get(tableIn(tx, "users"), id));
    expect(json).toBe(`{"Z":1,"_creationTime":${NOON},"_id":"${id}","name":"ada"}`);
    expect(decodeId(id)?.tableNumber).toBe(store.read((tx) => tableIn(tx, "users").number));
  });

  it("have strictly growing creation times, even while the clock stands still or goes back", () => {
    const clock = new ManualClock(NOON);
    const store = new Store({ file: ":memory:", clock });
    const ids = insertAll(store, "users", [{}, {}, {}]);
    clock.advance(-5_000);
    ids.push(...insertAll(store, "users", [{}]));
    clock.advance(10_000);
    ids.push(...insertAll(store, "users", [{}]));
    const times = ids.map((id) => Number(load(store, id)?.["_creationTime"]));
    expect(times).toEqual([NOON, NOON + 1 / 1024, NOON + 2 / 1024, NOON + 3 / 1024, NOON + 5_000]);
  });

  it("keep their system fields when they are replaced, and are gone when removed", () => {
    const store = storeWith(users);
    const [id = ""] = insertAll(store, "users", [{ name: "ada" }]);
    store.write((tx) => tx.replace(tableIn(tx, "users"), id, { name: "eve", _id: "forged", _creationTime: 0 }));
    expect(load(store, id)).toEqual({ _id: id, _creationTime: NOON, name: "eve" });
    store.write((tx) => tx.remove(tableIn(tx, "users"), id));
    expect(load(store, id)).toBeNull();
  });

  it("of one component cannot be reached from another, even by a table of the same number", () => {
    const store = new Store({ file: ":memory:", clock: new ManualClock(NOON) });
    const schema = schemaOf(tableSchema("users"));
    store.pushSchemas(
      new Map([
        ["a", schema],
        ["b", schema],
      ]),
    );
    const id = store.write((tx) => tx.insert(tx.ensureTable("a", "users"), {})).value;
    store.read((tx) => {
      expect(tx.tableNameOf("b", id)).toBe("users");
      expect(tx.get(tx.table("b", "users") ?? tableIn(tx, "users"), id)).toBeNull();
    });
  });

  it("cannot be replaced or removed when they are not there", () => {
    const store = storeWith(users);
    const id = encodeId(10_001);
    expect(() => store.write((tx) => tx.replace(tableIn(tx, "users"), id, {}))).toThrow("there is no document");
    expect(() => store.write((tx) => tx.remove(tableIn(tx, "users"), id))).toThrow("there is no document");
  });

  it("are not written by a transaction that reads", () => {
    const store = storeWith(users);
    store.read((tx) => {
      expect(() => tx.insert(tableIn(tx, "users"), {})).toThrow("only reads");
      expect(() => tx.ensureTable("", "added")).toThrow("only reads");
      expect(() => tx.rememberResponse("s", 1, "x")).toThrow("only reads");
    });
  });
});

describe("what a transaction depends on", () => {
  it("covers a document that was there and one that was not", () => {
    const store = storeWith(users);
    const [id = ""] = insertAll(store, "users", [{}]);
    const missing = encodeId(10_001);
    store.read((tx) => {
      const { byId } = tableIn(tx, "users");
      tx.get(tableIn(tx, "users"), id);
      tx.get(tableIn(tx, "users"), missing);
      for (const one of [id, missing]) expect(covers(tx, { index: byId.id, key: encodeKey([one]) })).toBe(true);
      expect(covers(tx, { index: byId.id, key: encodeKey([encodeId(10_001)]) })).toBe(false);
    });
  });

  it("covers a table that did not exist, by name and by id", () => {
    const store = storeWith();
    const readers = [
      store.read((tx) => ({ found: tx.table("", "later"), reads: tx.reads })),
      store.read((tx) => ({ found: tx.tableNameOf("", encodeId(10_099)), reads: tx.reads })),
    ];
    const commits: boolean[] = [];
    store.onCommit(({ writes }) =>
      commits.push(...readers.map((reader) => writes.some((write) => covers(reader, write)))),
    );
    expect(readers.map((reader) => reader.found)).toEqual([null, null]);
    insertAll(store, "later", [{}]);
    insertAll(store, "later", [{}]);
    expect(commits).toEqual([true, true, false, false]);
  });

  it("takes no note of text that is no id", () => {
    storeWith(users).read((tx) => {
      expect(tx.tableNameOf("", "nonsense")).toBeNull();
      expect(tx.reads).toEqual([]);
    });
  });

  it("covers a count", () => {
    const store = storeWith(users);
    insertAll(store, "users", [{}, {}]);
    const reader = store.read((tx) => ({ count: tx.count(tableIn(tx, "users")), reads: tx.reads }));
    expect(reader.count).toBe(2);
    store.onCommit(({ writes }) => {
      expect(writes.some((write) => covers(reader, write))).toBe(true);
    });
    insertAll(store, "users", [{}]);
    expect.assertions(2);
  });
});

describe("a subtransaction that fails", () => {
  it("leaves nothing of its writes, tables, counts and creation times, and keeps its reads", () => {
    const store = storeWith(users);
    const [id = ""] = insertAll(store, "users", [{ name: "ada" }]);
    const { value } = store.write((tx) => {
      const table = tableIn(tx, "users");
      const before = { writes: tx.writes.length, usage: tx.usage };
      failing(tx, () => {
        tx.replace(table, id, { name: "eve" });
        tx.insert(tx.ensureTable("", "made"), {});
        tx.meter.countScheduled(10);
        tx.get(table, id);
      });
      expect(tx.writes).toHaveLength(before.writes);
      expect(tx.usage).toMatchObject({ documentsWritten: 0, bytesWritten: 0, functionsScheduled: 0, documentsRead: 1 });
      expect(covers(tx, { index: table.byId.id, key: encodeKey([id]) })).toBe(true);
      expect(tx.table("", "made")).toBeNull();
      return tx.insert(table, { name: "bob" });
    });
    expect(load(store, id)?.["name"]).toBe("ada");
    expect(load(store, value)?.["_creationTime"]).toBe(NOON + 1 / 1024);
  });

  it("can make a table that its caller then makes again", () => {
    const store = storeWith();
    store.write((tx) => {
      failing(tx, () => tx.insert(tx.ensureTable("", "made"), { lost: true }));
      tx.insert(tx.ensureTable("", "made"), { kept: true });
    });
    expect(store.read((tx) => tx.count(tableIn(tx, "made")))).toBe(1);
  });

  it("does not take what its own parts and its caller wrote with it", () => {
    const model = fc.letrec<{ steps: Step[] }>((tie) => ({
      steps: fc.array(
        fc.oneof(
          { depthSize: "small" },
          fc.record({ name: fc.integer({ min: 0, max: 9 }) }),
          fc.record({ fails: fc.boolean(), steps: tie("steps") }),
        ),
        { maxLength: 4 },
      ),
    })).steps;
    fc.assert(
      fc.property(model, (steps) => {
        const store = storeWith(users);
        const announced: number[] = [];
        store.onCommit(({ writes }) => announced.push(writes.length));
        store.write((tx) => play(tx, steps));
        const kept = expected(steps);
        expect(names(store)).toEqual(kept);
        expect(announced).toEqual(kept.length === 0 ? [] : [3 * kept.length]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a commit timestamp in a document", () => {
  const field = "at.exact";
  const stamped = tableSchema("users", { indexes: [{ indexDescriptor: "by_at", fields: [field] }] });

  it("is the commit's, in the document and in its indexes", () => {
    const store = storeWith(stamped);
    const { value: id, timestamp } = store.write((tx) => {
      const inserted = tx.insert(tableIn(tx, "users"), { at: { exact: { $commitTs: null } } });
      expect(tx.get(tableIn(tx, "users"), inserted)).toContain('{"$commitTs":null}');
      return inserted;
    });
    const exact = load(store, id)?.["at"];
    expect(exact).toEqual({
      exact: { $integer: Buffer.from(new BigInt64Array([timestamp]).buffer).toString("base64") },
    });
    store.write((tx) => tx.remove(tableIn(tx, "users"), id));
    expect(store.read((tx) => tx.count(tableIn(tx, "users")))).toBe(0);
  });

  it("is forgotten with the subtransaction that wrote it, and with the document", () => {
    const store = storeWith(stamped);
    store.write((tx) => {
      const table = tableIn(tx, "users");
      failing(tx, () => tx.insert(table, { at: { $commitTs: null } }));
      tx.remove(table, tx.insert(table, { at: { $commitTs: null } }));
      const id = tx.insert(table, { at: { $commitTs: null } });
      tx.replace(table, id, { at: 1 });
    });
    expect(store.read((tx) => tx.count(tableIn(tx, "users")))).toBe(1);
  });

  it("is told from text that speaks of it", () => {
    const store = storeWith(users);
    const [id = ""] = insertAll(store, "users", [{ name: 'the "$commitTs" field' }]);
    expect(load(store, id)?.["name"]).toBe('the "$commitTs" field');
  });
});

describe("limits", () => {
  it("count what users' tables hold, and not the engine's own", () => {
    const store = storeWith(users);
    store.write((tx) => {
      tx.insert(tx.ensureTable("", "_storage"), { size: 1 });
      expect(tx.usage.documentsWritten).toBe(0);
      const id = tx.insert(tableIn(tx, "users"), { name: "x" });
      tx.get(tableIn(tx, "users"), id);
      expect(tx.usage).toMatchObject({ documentsWritten: 1, documentsRead: 1, databaseQueries: 1 });
      expect(tx.usage.bytesRead).toBe(tx.usage.bytesWritten);
    });
  });

  it("refuse a document that is too large, and the transaction goes on", () => {
    const store = storeWith(users);
    store.write((tx) => {
      expect(() => tx.insert(tableIn(tx, "users"), { name: "x".repeat(1_100_000) })).toThrow("Value is too large");
      tx.insert(tableIn(tx, "users"), { name: "y" });
    });
    expect(names(store)).toEqual(["y"]);
  });
});

type Step = { name: number } | { fails: boolean; steps: Step[] };

function play(tx: Transaction, steps: readonly Step[]): void {
  for (const step of steps) {
    if ("name" in step) tx.insert(tableIn(tx, "users"), { name: step.name });
    else if (step.fails) failing(tx, () => play(tx, step.steps));
    else tx.subtransaction(() => play(tx, step.steps));
  }
}

function expected(steps: readonly Step[]): number[] {
  return steps.flatMap((step) => ("name" in step ? [step.name] : step.fails ? [] : expected(step.steps)));
}

function names(store: Store): unknown[] {
  return store.read((tx) => {
    const table = tableIn(tx, "users");
    const cursor = tx.scan({ table, index: table.byCreationTime, ...EVERY_KEY, descending: false, batch: 3 });
    const found: unknown[] = [];
    for (let row = cursor.next(); row !== null; row = cursor.next()) found.push(parseDocument(row.json)["name"]);
    return found;
  });
}
