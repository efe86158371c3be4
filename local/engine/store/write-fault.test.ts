import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Store } from "./store.ts";
import { insertAll, ManualClock, NOON, tableIn } from "./testing.ts";
import { explainWriteFault } from "./write-fault.ts";

const LARGE = "x".repeat(100_000);
const FULL = /^The disk is full: nothing of this was written\. Free some space/;

describe("a fault at a write", () => {
  it("says what became of it and what to do, and keeps what SQLite said", () => {
    const thrown = (message: string, errcode: number) => Object.assign(new Error(message), { errcode });
    const full = thrown("database or disk is full", 13);
    expect(explainWriteFault(full)).toMatchObject({ message: expect.stringMatching(FULL), cause: full });
    expect(explainWriteFault(thrown("disk I/O error", 778))).toMatchObject({
      message: expect.stringMatching(/does not take what is written \(disk I\/O error\): nothing of this was/),
    });
    const other = [thrown("UNIQUE constraint failed", 1555), new Error("no"), "text"];
    expect(other.map(explainWriteFault)).toEqual(other);
  });
});

describe("a store on a full disk", () => {
  it("refuses what has no room, whole, and takes what has; with room again it takes everything", () => {
    const store = openSmall();
    const kept = fill(store);
    const before = store.latestTimestamp();
    expect(() => insertAll(store, "notes", [{ text: "small" }, { text: LARGE }])).toThrow(FULL);
    expect(store.latestTimestamp()).toBe(before);
    expect(count(store)).toBe(kept.length);
    for (const id of kept) store.write((tx) => tx.remove(tableIn(tx, "notes"), id));
    insertAll(store, "notes", [{ text: LARGE }]);
    expect(count(store)).toBe(1);
    store.close();
  });
});

function openSmall(): Store {
  const directory = mkdtempSync(join(tmpdir(), "qify-full-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const store = new Store({ file: join(directory, "db"), maxPages: 200, clock: new ManualClock(NOON) });
  store.write((tx) => tx.ensureTable("", "notes"));
  return store;
}

/** Until nothing large fits any more; gives the ids. */
function fill(store: Store): string[] {
  const ids: string[] = [];
  for (;;) {
    try {
      ids.push(...insertAll(store, "notes", [{ text: LARGE }]));
    } catch {
      return ids;
    }
  }
}

function count(store: Store): number {
  return store.read((tx) => tx.count(tableIn(tx, "notes")));
}
