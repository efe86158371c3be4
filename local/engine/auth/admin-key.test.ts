import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadAdminKey } from "./admin-key.ts";

function makeDatabase(): string {
  const directory = mkdtempSync(join(tmpdir(), "qify-key-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, "convex.sqlite");
}

test("every database has a key of its own, which it keeps", () => {
  const [one, other] = [makeDatabase(), makeDatabase()];
  const { key } = loadAdminKey(one);
  expect(key).toMatch(/^local\|[0-9a-f]{64}$/);
  expect(loadAdminKey(one).key).toBe(key);
  expect(loadAdminKey(other).key).not.toBe(key);
});

test("the key lies beside the database, for its owner's eyes alone", () => {
  const { key, place } = loadAdminKey(makeDatabase());
  expect(readFileSync(place ?? "", "utf8")).toBe(`${key}\n`);
  expect(statSync(place ?? "").mode & 0o777).toBe(0o600);
});

test("a file without a key is refused: no key at all must not be one", () => {
  const file = makeDatabase();
  const { place } = loadAdminKey(file);
  writeFileSync(place ?? "", "\n");
  expect(() => loadAdminKey(file)).toThrow(`There is no admin key in ${place}: the file is empty. Delete it`);
});

test("a database in memory has one that is kept nowhere", () => {
  const { key, place } = loadAdminKey(":memory:");
  expect(place).toBeNull();
  expect(loadAdminKey(":memory:").key).not.toBe(key);
});
