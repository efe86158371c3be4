import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { Connection } from "./connection.ts";

let connection: Connection;

beforeEach(() => {
  connection = Connection.open({ file: ":memory:", synchronous: "OFF" });
});

describe("a transaction", () => {
  it("keeps what it wrote", () => {
    expect(connection.transaction(() => put("a"))).toBe(1);
    expect(ids()).toEqual(["a"]);
  });

  it("leaves nothing behind when it fails, and its error goes on", () => {
    expect(() =>
      connection.transaction(() => {
        put("a");
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(ids()).toEqual([]);
    expect(connection.inTransaction).toBe(false);
  });

  it("cannot begin inside another", () => {
    connection.transaction(() => {
      expect(connection.inTransaction).toBe(true);
      expect(() => connection.transaction(() => 1)).toThrow("already running");
    });
  });
});

describe("a held transaction", () => {
  const pause = async () => new Promise<void>((resolve) => void setImmediate(resolve));

  it("keeps what it wrote before and after it waited", async () => {
    const done = connection.heldTransaction(async () => {
      put("a");
      await pause();
      return connection.savepoint(() => put("b"));
    });
    expect(connection.inTransaction).toBe(true);
    expect(() => connection.transaction(() => put("c"))).toThrow("already running");
    await expect(connection.heldTransaction(async () => put("d"))).rejects.toThrow("already running");
    expect(await done).toBe(2);
    expect([ids(), connection.inTransaction]).toEqual([["a", "b"], false]);
  });

  it("leaves nothing behind when it fails, and its error goes on", async () => {
    const failed = connection.heldTransaction(async () => {
      put("a");
      await pause();
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect([ids(), connection.inTransaction]).toEqual([[], false]);
    expect(connection.transaction(() => put("b"))).toBe(1);
  });
});

describe("a transaction that goes through much of the file", () => {
  const cacheSize = () => connection.get("PRAGMA cache_size")?.["cache_size"];

  it("keeps more of it in memory meanwhile, however it ends", () => {
    const usual = Number(cacheSize());
    expect(Number(connection.bulkTransaction(() => (put("a"), cacheSize())))).toBeLessThan(usual);
    expect(() => connection.bulkTransaction(fail)).toThrow("inner");
    expect([cacheSize(), ids(), connection.inTransaction]).toEqual([usual, ["a"], false]);
  });
});

describe("a savepoint", () => {
  it("fails alone, at any depth", () => {
    connection.transaction(() => {
      put("kept");
      expect(() =>
        connection.savepoint(() => {
          put("lost");
          connection.savepoint(() => put("lost too"));
          throw new Error("no");
        }),
      ).toThrow("no");
      connection.savepoint(() => {
        put("kept too");
        expect(() => connection.savepoint(() => fail())).toThrow("inner");
      });
    });
    expect(ids()).toEqual(["kept", "kept too"]);
  });

  it("needs a transaction", () => {
    expect(() => connection.savepoint(() => 1)).toThrow("needs a transaction");
  });
});

describe("a copy", () => {
  it("has what was there, hears of nothing later, and cannot be written to", () => {
    put("a");
    const copy = connection.copy();
    onTestFinished(() => copy.close());
    put("b");
    expect(copy.all("SELECT id FROM files")).toEqual([{ id: "a" }]);
    expect(() => copy.run("DELETE FROM files")).toThrow("readonly");
    expect(ids()).toEqual(["a", "b"]);
  });
});

describe("a file", () => {
  it("is opened again by the version that laid it out, and refused by any other", () => {
    const file = join(temporaryDirectory(), "convex.sqlite");
    const open = () => Connection.open({ file, synchronous: "OFF" });
    open().close();
    open().close();
    const other = new DatabaseSync(file);
    other.exec("PRAGMA user_version = 1");
    other.close();
    expect(open).toThrow(
      "another version of the engine made it. Nothing in it was changed. Move the file away to begin anew.",
    );
  });
});

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "qify-connection-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

function put(id: string): number {
  return connection.insert("INSERT INTO files(id, bytes) VALUES (?, x'00')", id);
}

function fail(): never {
  put("lost");
  throw new Error("inner");
}

function ids(): unknown[] {
  return connection.all("SELECT id FROM files ORDER BY id").map((row) => row["id"]);
}
