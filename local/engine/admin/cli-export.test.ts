import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject, runCli } from "../testing-cli.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing.ts";
import type { JsonObject } from "../types.ts";
import { readZip } from "./zip.ts";

const ADMIN_KEY = "local|cli";
const MANY = 2_300;

let world: TestWorld;
let fileId: unknown;
beforeAll(async () => {
  world = await startTestWorld("parts", { adminKey: ADMIN_KEY });
  for (let n = 0; n < MANY; n++) await world.call("files:insertNote", { text: `note ${n}` });
  await world.call("values:write", { label: "large", value: { $integer: "AAAAAAAAAIA=" } });
  fileId = await world.call("files:store", { text: "conteúdo", type: "text/plain" });
});
afterAll(async () => {
  assertNoFaults(world);
  await world.close();
});

/** Exports into a directory and gives the files of the snapshot by name. */
async function exportWith(...args: string[]): Promise<Map<string, Buffer>> {
  const cwd = makeProject();
  mkdirSync(join(cwd, "out"));
  const target = { url: world.running.url, adminKey: ADMIN_KEY, cwd };
  const { code, stderr } = await runCli(["export", "--path", "out", ...args], target);
  expect(stderr).toContain("Downloaded snapshot export to");
  expect(code).toBe(0);
  const [name = "", ...others] = readdirSync(join(cwd, "out"));
  expect([name, others]).toEqual([expect.stringMatching(/^snapshot_local_\d+\.zip$/), []]);
  return new Map(readZip(readFileSync(join(cwd, "out", name))).map((entry) => [entry.name, Buffer.from(entry.bytes)]));
}

function linesOf(files: ReadonlyMap<string, Buffer>, name: string): JsonObject[] {
  const lines = String(files.get(name)).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

test("convex export holds every document of the app and its components as it is stored", async () => {
  const files = await exportWith();
  const names = [...files.keys()].toSorted();
  expect(names).toContain("_components/rateLimiter/_components/batchWorker/workers/documents.jsonl");
  expect(names.filter((name) => !/^_components\/\w+Limiter/.test(name))).toEqual([
    "_components/vault/_tables/documents.jsonl",
    "_components/vault/entries/documents.jsonl",
    "_tables/documents.jsonl",
    "notes/documents.jsonl",
    "values/documents.jsonl",
  ]);
  const notes = linesOf(files, "notes/documents.jsonl");
  expect(notes.map(({ text }) => text)).toEqual(Array.from({ length: MANY }, (_, n) => `note ${n}`));
  expect(notes[0]).toEqual({ _id: expect.any(String), _creationTime: expect.any(Number), text: "note 0" });
  expect(linesOf(files, "values/documents.jsonl")).toMatchObject([{ value: { $integer: "AAAAAAAAAIA=" } }]);
  expect(linesOf(files, "_tables/documents.jsonl")).toEqual([
    { name: "notes", id: expect.any(Number) },
    { name: "values", id: expect.any(Number) },
  ]);
});

test("stored files come along when asked for", async () => {
  const files = await exportWith("--include-file-storage");
  expect(String(files.get(`_storage/${String(fileId)}`))).toBe("conteúdo");
  expect(linesOf(files, "_storage/documents.jsonl")).toMatchObject([{ _id: fileId, contentType: "text/plain" }]);
});

test("nobody but an admin makes or fetches one", async () => {
  const ask = (path: string, method: string) =>
    fetch(`${world.running.url}/api/${path}`, { method, headers: { authorization: "Convex local|other" } });
  const { timestamp = 0n } = world.running.admin.exports.latest ?? {};
  expect((await ask("export/request/zip", "POST")).status).toBe(403);
  expect((await ask(`export/zip/${timestamp}`, "GET")).status).toBe(403);
  expect(world.running.admin.exports.latest?.timestamp).toBe(timestamp);
});

test("an export that is not kept is not found", async () => {
  const headers = { authorization: `Convex ${ADMIN_KEY}` };
  const response = await fetch(`${world.running.url}/api/export/zip/1`, { headers });
  expect([response.status, await response.json()]).toMatchObject([404, { code: "ExportNotFound" }]);
});
