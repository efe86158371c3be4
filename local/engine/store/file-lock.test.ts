import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { lockFile } from "./file-lock.ts";
import { Store } from "./store.ts";
import { insertAll, ManualClock, NOON } from "./testing.ts";

const IN_USE = /The database .*db is in use by another engine\..* Stop the other, or choose another file\./;

describe("the lock on a database", () => {
  it("is held by one at a time, until it is given up", () => {
    const file = scratchFile();
    const unlock = lockFile(file);
    expect(() => lockFile(file)).toThrow(IN_USE);
    unlock();
    lockFile(file)();
  });

  it("is of one file: its neighbour is free", () => {
    const file = scratchFile();
    const unlock = lockFile(file);
    expect(lockFile(`${file}2`)).not.toThrow();
    unlock();
  });

  it("that cannot be made for another reason says that reason", () => {
    expect(() => lockFile(join(scratchFile(), "no", "folder"))).toThrow("unable to open database file");
  });

  it("keeps a store from opening a file that another process writes, and is gone when that one is killed", async () => {
    const file = scratchFile();
    const writer = fork(new URL("./testing-writer.ts", import.meta.url), [file], { execArgv: [] });
    onTestFinished(() => void writer.kill("SIGKILL"));
    await once(writer, "message");
    const open = () => new Store({ file, clock: new ManualClock(NOON) });
    expect(open).toThrow(IN_USE);
    const gone = once(writer, "exit");
    writer.kill("SIGKILL");
    await gone;
    open().close();
  });

  it("lets tools read the database meanwhile", () => {
    const file = scratchFile();
    const store = new Store({ file, clock: new ManualClock(NOON) });
    insertAll(store, "users", [{}, {}]);
    const tool = new DatabaseSync(file, { readOnly: true });
    expect(tool.prepare("SELECT count(*) AS count FROM documents").get()).toEqual({ count: 2 });
    tool.close();
    store.close();
  });
});

function scratchFile(): string {
  const directory = mkdtempSync(join(tmpdir(), "qify-lock-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, "db");
}
