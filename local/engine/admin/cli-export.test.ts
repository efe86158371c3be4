import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject, runCli } from "../testing/cli.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { JsonObject } from "../types.ts";
import { openZip } from "./zip-reader.ts";

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
  return new Map(openZip(readFileSync(join(cwd, "out", name))).map((member) => [member.name, member.read()]));
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
    "README.md",
    "_components/vault/_tables/documents.jsonl",
    "_components/vault/entries/documents.jsonl",
    "_components/vault/entries/generated_schema.jsonl",
    "_tables/documents.jsonl",
    "notes/documents.jsonl",
    "notes/generated_schema.jsonl",
    "values/documents.jsonl",
    "values/generated_schema.jsonl",
  ]);
  expect(String(files.get("notes/generated_schema.jsonl"))).toBe('"uniform"\n');
  const notes = linesOf(files, "notes/documents.jsonl");
  expect(notes.map(({ text }) => text)).toEqual(Array.from({ length: MANY }, (_, n) => `note ${n}`));
  expect(notes[0]).toEqual({ _id: expect.any(String), _creationTime: expect.any(Number), text: "note 0" });
  // In production's encoding a number without a dot is an int64, and any other has one.
  const value = String(files.get("values/documents.jsonl"));
  expect(value).toMatch(/^\{"_creationTime":\d+\.\d+,"_id":"\w+","label":"large","value":-9223372036854775808\}\n$/);
  expect(linesOf(files, "_tables/documents.jsonl")).toEqual([
    { name: "notes", id: expect.any(Number) },
    { name: "values", id: expect.any(Number) },
  ]);
});

test("stored files come along when asked for", async () => {
  const files = await exportWith("--include-file-storage");
  expect(String(files.get(`_storage/${String(fileId)}.txt`))).toBe("conteúdo");
  expect(linesOf(files, "_storage/documents.jsonl")).toEqual([
    {
      _id: fileId,
      _creationTime: expect.any(Number),
      contentType: "text/plain",
      sha256: createHash("sha256").update("conteúdo").digest("base64"),
      size: 9,
    },
  ]);
  // A whole number: production takes no other.
  expect(String(files.get("_storage/documents.jsonl"))).toContain('"size":9}');
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
