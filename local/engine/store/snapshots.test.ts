import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { LARGEST_LOG_BYTES, SNAPSHOT_LIFE_MS, Snapshots } from "./snapshots.ts";
import { Store } from "./store.ts";
import { everythingIn, insertAll, ManualClock, NOON, schemaOf, tableIn, tableSchema } from "./testing.ts";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "qify-snapshots-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const users = tableSchema("users", {
  indexes: [{ indexDescriptor: "by_name", fields: ["name"] }],
  searchIndexes: [{ indexDescriptor: "search_name", searchField: "name", filterFields: [] }],
});

let stores = 0;
const openStores = new Set<Store>();
const close = (store: Store) => {
  openStores.delete(store);
  store.close();
};
afterEach(() => openStores.forEach(close));

function storeInFile(
  clock = new ManualClock(NOON),
  file = join(directory, `${stores++}.sqlite`),
): { store: Store; file: string } {
  const store = new Store({ file, clock, synchronous: "OFF" });
  openStores.add(store);
  store.pushSchemas(new Map([["", schemaOf(users)]]));
  return { store, file };
}

/** Stands for open states, and says which are. */
function counted(clock = new ManualClock(NOON)) {
  const open = new Set<number>();
  let made = 0;
  const file = join(directory, "counted");
  const snapshots = new Snapshots({
    file,
    clock,
    open: () => {
      const id = made++;
      open.add(id);
      return { id, close: () => open.delete(id) };
    },
  });
  onTestFinished(() => snapshots.close());
  return { snapshots, open, clock, logFile: `${file}-wal` };
}

describe("a past state", () => {
  const step = fc.record({
    kind: fc.constantFrom("insert", "replace", "remove", "keep"),
    nth: fc.nat(9),
    name: fc.constantFrom("ada", "bob", "adele"),
  });

  it.each([undefined, ":memory:"])(
    "is read as it was when it was kept, whatever was written since: documents, indexes and searches (%s)",
    (place) => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
          const { store } = storeInFile(undefined, place);
          const ids: string[] = [];
          const recorded = new Map<bigint, unknown>();
          for (const { kind, nth, name } of steps) {
            const id = ids[nth % Math.max(ids.length, 1)];
            if (kind === "keep") recorded.set(store.keepTimestamp(), store.read(everythingIn));
            else if (kind === "insert") ids.push(...insertAll(store, "users", [{ name }]));
            else if (id !== undefined) store.write((tx) => change(tx, { kind, id, name }));
            for (const [timestamp, before] of [...recorded].slice(-16)) {
              expect(store.at(timestamp)?.read(everythingIn)).toEqual(before);
            }
          }
          close(store);
        }),
        { numRuns: 30 },
      );
    },
  );

  it("has the timestamp of its newest commit, and the tables and indexes of its time", () => {
    const { store } = storeInFile();
    const timestamp = store.keepTimestamp();
    insertAll(store, "later", [{ name: "x" }]);
    const past = store.at(timestamp);
    expect(past?.read((tx) => tx.snapshotTimestamp)).toBe(timestamp);
    expect(past?.read((tx) => tx.table("", "later"))).toBeNull();
    expect(store.read((tx) => tx.snapshotTimestamp)).toBe(store.latestTimestamp());
  });

  it.each([undefined, ":memory:"])("cannot be written to (%s)", (place) => {
    const { store } = storeInFile(undefined, place);
    const timestamp = store.keepTimestamp();
    insertAll(store, "users", [{ name: "ada" }]);
    expect(() => store.at(timestamp)?.read((tx) => tx.insert(tableIn(tx, "users"), {}))).toThrow("only reads");
  });

  it("is there for its time only, and not over a restart", () => {
    const clock = new ManualClock(NOON);
    const { store, file } = storeInFile(clock);
    const timestamp = store.keepTimestamp();
    insertAll(store, "users", [{ name: "ada" }]);
    clock.advance(SNAPSHOT_LIFE_MS - 1);
    expect(store.at(timestamp)).not.toBeNull();
    clock.advance(1);
    expect(store.at(timestamp)).toBeNull();
    const again = store.keepTimestamp();
    insertAll(store, "users", [{ name: "bob" }]);
    close(store);
    const reopened = new Store({ file, clock, synchronous: "OFF" });
    openStores.add(reopened);
    expect(reopened.at(again)).toBeNull();
    expect(reopened.at(reopened.latestTimestamp())).toBe(reopened);
  });

  it.each([1n, 2n ** 62n])("at a timestamp that nobody was given (%d) is not there", (timestamp) => {
    const { store } = storeInFile();
    store.keepTimestamp();
    expect(store.at(timestamp)).toBeNull();
  });

  it("of a store in memory is there for its time, too", () => {
    const clock = new ManualClock(NOON);
    const { store } = storeInFile(clock, ":memory:");
    const timestamp = store.keepTimestamp();
    expect(store.at(timestamp)).toBe(store);
    insertAll(store, "users", [{ name: "ada" }]);
    expect(store.at(timestamp)).not.toBeNull();
    clock.advance(SNAPSHOT_LIFE_MS);
    expect(store.at(timestamp)).toBeNull();
  });
});

describe("what is kept", () => {
  it("is opened once a timestamp, and lives anew each time it is asked for", () => {
    const { snapshots, open, clock } = counted();
    snapshots.keep(1n);
    clock.advance(SNAPSHOT_LIFE_MS - 1);
    snapshots.keep(1n);
    clock.advance(SNAPSHOT_LIFE_MS - 1);
    expect(snapshots.find(1n)).toMatchObject({ id: 0 });
    expect(open).toEqual(new Set([0]));
  });

  it("is closed when its time is over, though nobody asks again", () => {
    const { snapshots, open, clock } = counted();
    snapshots.keep(1n);
    clock.advance(SNAPSHOT_LIFE_MS);
    snapshots.tend();
    expect(open.size).toBe(0);
  });

  it("is sixteen states at most: the one that was asked for longest ago goes", () => {
    const { snapshots, open } = counted();
    for (let timestamp = 0n; timestamp < 16n; timestamp++) snapshots.keep(timestamp);
    snapshots.keep(0n);
    snapshots.keep(16n);
    expect(open.size).toBe(16);
    expect(snapshots.find(1n)).toBeNull();
    expect(snapshots.find(0n)).not.toBeNull();
  });

  it("is given up when SQLite's log has become too large for it", () => {
    const { snapshots, open, logFile } = counted();
    snapshots.keep(1n);
    writeFileSync(logFile, "");
    truncateSync(logFile, LARGEST_LOG_BYTES + 1);
    snapshots.tend();
    expect(open.size).toBe(0);
    truncateSync(logFile, 0);
  });

  it("is let go of at the end", () => {
    const { snapshots, open } = counted();
    snapshots.keep(1n);
    snapshots.keep(2n);
    snapshots.close();
    expect(open.size).toBe(0);
  });
});

function change(
  tx: Parameters<Parameters<Store["write"]>[0]>[0],
  { kind, id, name }: { kind: "replace" | "remove"; id: string; name: string },
): void {
  const table = tableIn(tx, "users");
  if (tx.get(table, id) === null) return;
  if (kind === "replace") tx.replace(table, id, { name });
  else tx.remove(table, id);
}
