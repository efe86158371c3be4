import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Commit } from "../types.ts";
import { EVERY_KEY } from "../values/encoding.ts";
import { Store } from "./store.ts";
import { ManualClock, NOON, insertAll, storeWith, tableIn, tableSchema } from "./testing.ts";

const directory = mkdtempSync(join(tmpdir(), "store-"));
const users = tableSchema("users", { indexes: [{ indexDescriptor: "by_n", fields: ["n"] }] });

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("timestamps", () => {
  it("are the clock's nanoseconds, and grow while the clock stands still or goes back", () => {
    const clock = new ManualClock(NOON);
    const store = new Store({ file: ":memory:", clock });
    const start = BigInt(NOON) * 1_000_000n;
    const commit = () => store.write((tx) => tx.insert(tx.ensureTable("", "users"), {})).timestamp;
    expect(store.latestTimestamp()).toBe(start);
    expect([commit(), commit()]).toEqual([start + 1n, start + 2n]);
    clock.advance(-60_000);
    expect(commit()).toBe(start + 3n);
    clock.advance(60_001);
    expect(commit()).toBe(start + 1_000_000n);
    expect(store.latestTimestamp()).toBe(start + 1_000_000n);
  });

  it("stay what they are when nothing is written, or the transaction fails", () => {
    const store = storeWith(users);
    const before = store.latestTimestamp();
    expect(store.write(() => "nothing")).toEqual({ value: "nothing", timestamp: before });
    expect(store.write((tx) => tx.rememberResponse("s", 1, "x")).timestamp).toBe(before);
    expect(() => store.write((tx) => fail(tx.insert(tableIn(tx, "users"), {})))).toThrow("no");
    expect(store.latestTimestamp()).toBe(before);
  });

  it("and creation times go on after a restart, even when the clock was set back", () => {
    const file = join(directory, "restart.db");
    const first = new Store({ file, clock: new ManualClock(NOON) });
    insertAll(first, "users", [{}, {}]);
    const before = first.latestTimestamp();
    first.close();
    const second = new Store({ file, clock: new ManualClock(NOON - 1_000) });
    expect(second.latestTimestamp()).toBe(before);
    insertAll(second, "users", [{}]);
    expect(second.latestTimestamp()).toBe(before + 1n);
    const times = second.read((tx) => {
      const table = tableIn(tx, "users");
      const cursor = tx.scan({ table, index: table.byCreationTime, ...EVERY_KEY, descending: true, batch: 1 });
      return cursor.next()?.json;
    });
    expect(times).toContain(`"_creationTime":${NOON + 2 / 1024},`);
    second.close();
  });
});

describe("a transaction that fails", () => {
  it("has not happened: not in the file, not in memory, not to listeners", () => {
    const store = storeWith(users);
    const commits: Commit[] = [];
    store.onCommit((commit) => commits.push(commit));
    expect(() =>
      store.write((tx) => {
        tx.insert(tx.ensureTable("", "made"), {});
        tx.files.put("f", new Uint8Array([1]));
        tx.rememberResponse("s", 1, "x");
        throw new Error("no");
      }),
    ).toThrow("no");
    store.read((tx) => {
      expect(tx.table("", "made")).toBeNull();
      expect(tx.files.get("f")).toBeNull();
      expect(tx.recallResponse("s", 1)).toBeNull();
    });
    expect(commits).toEqual([]);
    expect(insertAll(store, "made", [{}])).toHaveLength(1);
  });
});

describe("commits", () => {
  it("are announced in order, with the old and the new key of each changed index", () => {
    const store = storeWith(users);
    const commits: Commit[] = [];
    const stop = store.onCommit((commit) => commits.push(commit));
    const [id = ""] = insertAll(store, "users", [{ n: 1 }]);
    store.write((tx) => tx.replace(tableIn(tx, "users"), id, { n: 2 }));
    store.write((tx) => tx.remove(tableIn(tx, "users"), id));
    stop();
    insertAll(store, "users", [{ n: 3 }]);
    expect(commits.map(({ writes }) => writes.length)).toEqual([3, 4, 3]);
    const times = commits.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
    const byN = store.read((tx) => tableIn(tx, "users").indexes.get("by_n")?.id);
    expect(commits[1]?.writes.filter((write) => write.index === byN)).toHaveLength(2);
  });

  it("are in the file before a listener hears of them: it can read and write", () => {
    const store = storeWith(users);
    const counts: number[] = [];
    const stop = store.onCommit(() => {
      counts.push(store.read((tx) => tx.count(tableIn(tx, "users"))));
      stop();
      insertAll(store, "users", [{}]);
    });
    insertAll(store, "users", [{}]);
    expect(counts).toEqual([1]);
    expect(store.read((tx) => tx.count(tableIn(tx, "users")))).toBe(2);
  });
});

describe("transactions", () => {
  it("never run inside one another", () => {
    const store = storeWith(users);
    store.write(() => {
      expect(() => store.read(() => 1)).toThrow("already running");
      expect(() => store.write(() => 1)).toThrow("already running");
    });
    store.read(() => {
      expect(() => store.write(() => 1)).toThrow("already running");
    });
    expect(store.read(() => "again")).toBe("again");
  });
});

describe("a store that is held", () => {
  const pause = async () => new Promise<void>((resolve) => void setImmediate(resolve));

  it("serves nobody until the body ends, and then tells of one commit", async () => {
    const store = storeWith(users);
    const commits: Commit[] = [];
    store.onCommit((commit) => commits.push(commit));
    const done = store.hold(async (tx) => {
      tx.insert(tableIn(tx, "users"), { n: 1 });
      await pause();
      tx.insert(tableIn(tx, "users"), { n: 2 });
      return "both";
    });
    expect(() => store.read(() => 1)).toThrow("already running");
    expect(() => store.write(() => 1)).toThrow("already running");
    await expect(store.hold(async () => 1)).rejects.toThrow("already running");
    expect([await done, store.held, commits.length]).toEqual(["both", null, 1]);
    expect(commits[0]?.timestamp).toBe(store.latestTimestamp());
    expect(store.read((tx) => tx.count(tableIn(tx, "users")))).toBe(2);
  });

  it("lets those who wait come one after the other, in their order", async () => {
    const store = storeWith();
    const entered: number[] = [];
    const enter = async (number: number) => {
      while (store.held !== null) await store.held;
      await store.hold(async () => {
        entered.push(number);
        await pause();
      });
    };
    await Promise.all([1, 2, 3, 4].map(enter));
    expect(entered).toEqual([1, 2, 3, 4]);
  });

  it("has not changed when the body fails: not in the file, not in memory, not for listeners", async () => {
    const store = storeWith(users);
    const commits: Commit[] = [];
    store.onCommit((commit) => commits.push(commit));
    const before = store.latestTimestamp();
    const failed = store.hold(async (tx) => {
      tx.insert(tx.ensureTable("", "made"), {});
      await pause();
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect([store.held, commits, store.latestTimestamp()]).toEqual([null, [], before]);
    expect(store.read((tx) => tx.table("", "made"))).toBeNull();
  });

  it("tells of no commit when the body wrote nothing", async () => {
    const store = storeWith(users);
    const before = store.latestTimestamp();
    expect(await store.hold(async () => "read")).toBe("read");
    expect(store.latestTimestamp()).toBe(before);
  });
});

describe("files and responses", () => {
  it("are kept with the documents of their transaction", () => {
    const store = storeWith(users);
    store.write((tx) => {
      tx.files.put("f", new Uint8Array([1, 2]));
      tx.rememberResponse("session", 7, '{"ok":true}');
    });
    store.read((tx) => {
      expect(tx.files.get("f")).toEqual(Buffer.from([1, 2]));
      expect(tx.recallResponse("session", 7)).toBe('{"ok":true}');
      expect(tx.recallResponse("session", 8)).toBeNull();
      expect(tx.recallResponse("another", 7)).toBeNull();
    });
    store.write((tx) => tx.files.remove("f"));
    expect(store.read((tx) => tx.files.get("f"))).toBeNull();
  });

  it("are not answered twice, and forgotten after a day", () => {
    const clock = new ManualClock(NOON);
    const store = new Store({ file: ":memory:", clock });
    const remember = (request: number) => store.write((tx) => tx.rememberResponse("s", request, "x"));
    remember(1);
    expect(() => remember(1)).toThrow("UNIQUE");
    clock.advance(24 * 60 * 60 * 1000);
    remember(2);
    expect(store.read((tx) => tx.recallResponse("s", 1))).toBe("x");
    clock.advance(1);
    remember(3);
    expect(store.read((tx) => tx.recallResponse("s", 1))).toBeNull();
    expect(store.read((tx) => tx.recallResponse("s", 2))).toBe("x");
  });
});

describe("a killed process", () => {
  it("loses nothing that it acknowledged, and leaves indexes and documents in step", { timeout: 30_000 }, async () => {
    const file = join(directory, "killed.db");
    let acknowledged = 0;
    for (const target of [30, 60, 90]) {
      acknowledged = Math.max(acknowledged, await writeUntilKilled(file, target));
      const store = new Store({ file, clock: new ManualClock(NOON) });
      const { documents, entries } = store.read((tx) => {
        const table = tableIn(tx, "users");
        const index = table.indexes.get("by_n") ?? table.byId;
        const cursor = tx.scan({ table, index, ...EVERY_KEY, descending: false, batch: 100 });
        const found: unknown[] = [];
        for (let row = cursor.next(); row !== null; row = cursor.next()) found.push(row.key);
        return { documents: tx.count(table), entries: found.length };
      });
      store.close();
      expect(documents).toBeGreaterThanOrEqual(acknowledged);
      expect(entries).toBe(documents);
    }
  });
});

/** Kills the writing process once it acknowledged `target` documents; gives the last number that it acknowledged. */
async function writeUntilKilled(file: string, target: number): Promise<number> {
  const child = fork(new URL("./testing-writer.ts", import.meta.url), [file], { execArgv: [] });
  let last = 0;
  child.on("message", (count) => {
    last = Number(count);
    if (last >= target) child.kill("SIGKILL");
  });
  await once(child, "exit");
  expect(last).toBeGreaterThanOrEqual(target);
  return last;
}

function fail(reason: unknown): never {
  throw new Error("no", { cause: reason });
}
