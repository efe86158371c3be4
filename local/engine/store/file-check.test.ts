import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { SeededRandom } from "../runtime/random.ts";
import { findObstacle } from "./file-check.ts";

const VERSION = 7;
const PAGE = 4_096;

const origin = mkdtempSync(join(tmpdir(), "qify-file-check-"));
beforeAll(() => writeDatabase(join(origin, "db")));
afterAll(() => rmSync(origin, { recursive: true }));

describe("a database file", () => {
  it("can be served when it is whole, is not there yet, or is empty and new", () => {
    const file = copyWithLog();
    expect(findObstacle(file, VERSION)).toBeNull();
    expect(findObstacle(`${file}-none`, VERSION)).toBeNull();
    writeFileSync(`${file}-new`, "");
    expect(findObstacle(`${file}-new`, VERSION)).toBeNull();
  });

  it("of another layout, or of another program, is refused", () => {
    expect(findObstacle(copyWithLog(), VERSION + 1)).toBe("another version of the engine made it");
  });

  it("that is none is refused", () => {
    const file = scratchFile();
    writeFileSync(file, "a letter ".repeat(1_000));
    expect(findObstacle(file, VERSION)).toBe("file is not a database");
  });

  it("that became empty while its log did not is refused, since SQLite would throw the log away", () => {
    const file = copyWithLog();
    truncateSync(file);
    expect(findObstacle(file, VERSION)).toBe("it is empty, and its log is not");
  });

  it("that was cut is refused, wherever", () => {
    for (const pages of [1, 2, 10, 50]) {
      const file = copyFolded();
      truncateSync(file, pages * PAGE);
      expect(findObstacle(file, VERSION)).toMatch(/malformed|damaged/);
    }
  });

  it("with a page of chance in its middle is refused, whichever page", () => {
    const random = new SeededRandom(11);
    for (let page = 1; page < 60; page += 7) {
      const file = copyFolded();
      const bytes = readFileSync(file);
      for (let at = page * PAGE; at < (page + 1) * PAGE; at++) bytes[at] = Math.floor(random.next() * 256);
      writeFileSync(file, bytes);
      expect([page, findObstacle(file, VERSION)]).toEqual([page, expect.stringMatching(/malformed|damaged/)]);
    }
  });

  it("whose log was cut is served as of the last commit that the log holds whole", () => {
    const file = copyWithLog();
    truncateSync(`${file}-wal`, 40 * PAGE + 123);
    expect(findObstacle(file, VERSION)).toBeNull();
    const count = countRows(file);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(300);
  });

  it("is not changed by the look at it, and neither is its log, good or bad", () => {
    for (const spoil of [() => {}, (file: string) => truncateSync(file, 2 * PAGE)]) {
      const file = copyWithLog();
      spoil(file);
      const before = contents(file);
      findObstacle(file, VERSION);
      expect(contents(file)).toEqual(before);
    }
  });
});

/** Leaves a log behind, as a killed process does. */
function writeDatabase(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = ${VERSION};
    CREATE TABLE rows(id INTEGER PRIMARY KEY, text TEXT)`);
  const insert = database.prepare("INSERT INTO rows(text) VALUES (?)");
  for (let n = 0; n < 300; n++) {
    insert.run("x".repeat(1_000));
    if (n === 150) database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  for (const ending of ["", "-wal"]) copyFileSync(`${file}${ending}`, `${file}.kept${ending}`);
  database.close();
}

function copyWithLog(): string {
  const file = scratchFile();
  for (const ending of ["", "-wal"]) copyFileSync(join(origin, `db.kept${ending}`), `${file}${ending}`);
  return file;
}

/** Everything in the one file, as after an orderly end. */
function copyFolded(): string {
  const file = scratchFile();
  copyFileSync(join(origin, "db"), file);
  return file;
}

function scratchFile(): string {
  const directory = mkdtempSync(join(tmpdir(), "qify-file-check-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, "db");
}

/** What is kept; `-shm` only says where in the log something is, and is made anew. */
function contents(file: string): string[] {
  return ["", "-wal"].map((ending) => readFileSync(`${file}${ending}`).toString("base64"));
}

function countRows(file: string): number {
  const database = new DatabaseSync(file);
  const count = database.prepare("SELECT count(*) AS count FROM rows").get()?.["count"];
  database.close();
  return Number(count);
}
