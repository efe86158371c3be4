import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeProject, runCli } from "../testing/cli.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { Json, JsonObject } from "../types.ts";
import { openZip } from "./zip-reader.ts";
import { writeZip } from "./zip.ts";

const ADMIN_KEY = "local|cli";
const SLOW = { timeout: 60_000 };

async function startMoving(): Promise<TestWorld> {
  const world = await startTestWorld("moving", { adminKey: ADMIN_KEY });
  onTestFinished(async () => {
    assertNoFaults(world);
    await world.close();
  });
  return world;
}

const convex = (world: TestWorld, cwd: string, ...args: string[]) =>
  runCli(args, { url: world.running.url, adminKey: ADMIN_KEY, cwd });

/** Documents of the app and of both components, files of the app and of one, ids and every kind of value among them. */
async function fill(world: TestWorld): Promise<void> {
  const ana = await world.call("blog:addAuthor", { name: "Ana", born: { $integer: "xQcAAAAAAAA=" } });
  const rui = await world.call("blog:addAuthor", { name: "Rui" });
  const cover = await world.call("blog:store", { text: "capa", type: "image/png" });
  const extra = {
    int: { $integer: "AAAAAAAAAIA=" },
    bytes: { $bytes: "ABCD" },
    zero: { $float: "AAAAAAAAAIA=" },
    list: [1, "1", null, true, 0.1],
  };
  await world.call("blog:addPost", { author: ana, cover, text: "a bird in the hand", likes: 3, extra });
  await world.call("blog:addPost", { author: ana, text: "two in the bush", likes: -1.5 });
  await world.call("blog:addPost", { author: rui, text: "another bird", likes: 0 });
  for (const shelf of ["upper", "lower"]) await world.call("blog:put", { shelf, text: `only ${shelf}` });
  await world.call("blog:keep", { shelf: "lower", text: "kept below" });
}

/** All that functions can tell of the data, with the files' contents in the place of their addresses. */
async function tellAll(world: TestWorld): Promise<Json> {
  const told = {
    ana: await world.call("blog:read", { name: "Ana" }),
    rui: await world.call("blog:read", { name: "Rui" }),
    birds: await world.call("blog:search", { words: "bird" }),
    shelves: await world.call("blog:shelves"),
  };
  return resolveFiles(JSON.parse(JSON.stringify(told)));
}

async function resolveFiles(value: Json): Promise<Json> {
  if (typeof value === "string" && value.includes("/api/storage/")) return (await fetch(value)).text();
  if (Array.isArray(value)) return Promise.all(value.map(resolveFiles));
  if (value === null || typeof value !== "object") return value;
  const fields = await Promise.all(
    Object.entries(value).map(async ([name, one]) => [name, await resolveFiles(one)] as const),
  );
  return Object.fromEntries(fields);
}

function write(cwd: string, name: string, content: string | Buffer): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

const lines = (...documents: JsonObject[]) => documents.map((document) => `${JSON.stringify(document)}\n`).join("");

test("export, reset, import: everything is as it was", SLOW, async () => {
  const old = await startMoving();
  await fill(old);
  const told = await tellAll(old);
  const cwd = makeProject();
  expect(await convex(old, cwd, "export", "--path", "snapshot.zip", "--include-file-storage")).toMatchObject({
    code: 0,
  });

  const fresh = await startMoving();
  await fresh.call("blog:addAuthor", { name: "was here before" });
  const imported = await convex(fresh, cwd, "import", "--replace-all", "-y", "snapshot.zip");
  expect(imported.stderr).toContain("Added 8 documents");
  expect(imported.code).toBe(0);
  expect(await tellAll(fresh)).toEqual(told);
  expect(JSON.stringify(told)).toMatch(/"cover":"capa".*"url":"kept below"/);
  expect(await fresh.call("blog:read", { name: "was here before" })).toEqual([]);

  // And on: what is written now comes after, in the same tables; exporting it again gives the same snapshot.
  expect(await convex(fresh, cwd, "export", "--path", "again.zip", "--include-file-storage")).toMatchObject({
    code: 0,
  });
  const contentOf = (name: string) =>
    openZip(readFileSync(join(cwd, name))).map((one) => [one.name, String(one.read())]);
  expect(contentOf("again.zip")).toEqual(contentOf("snapshot.zip"));
  await fresh.restart();
  await fresh.call("blog:addPost", {
    author: await fresh.call("blog:addAuthor", { name: "Eva" }),
    text: "new",
    likes: 1,
  });
  expect(await fresh.call("blog:read", { name: "Eva" })).toMatchObject([{ author: "Eva" }]);
});

test("a snapshot is asked about before it deletes, and nothing happens without an answer", SLOW, async () => {
  const world = await startMoving();
  await fill(world);
  const told = await tellAll(world);
  const cwd = makeProject();
  await convex(world, cwd, "export", "--path", "snapshot.zip");
  const { code, stdout, stderr } = await convex(world, cwd, "import", "--replace-all", "snapshot.zip");
  expect(code).not.toBe(0);
  expect(stdout + stderr).toContain("Import change summary:");
  expect(stdout + stderr).toMatch(/authors\s+\| 2\s+\| 2 of 2 documents/);
  expect(await tellAll(world)).toEqual(told);
  expect((await convex(world, cwd, "import", "snapshot.zip")).stderr).toContain("already exists");
});

describe("one table", () => {
  test("of each format is taken, and read as production reads it", SLOW, async () => {
    const world = await startMoving();
    const cwd = makeProject();
    const jsonl = write(cwd, "authors.jsonl", lines({ name: "from lines" }, { name: "and more" }));
    expect(await convex(world, cwd, "import", "--table", "authors", jsonl)).toMatchObject({ code: 0 });
    const json = write(cwd, "authors.json", '[{"name":"from an array"}]');
    expect(await convex(world, cwd, "import", "--table", "authors", "--append", json)).toMatchObject({ code: 0 });
    const csv = write(cwd, "guests.csv", "name,age\nAna,7\n");
    expect((await convex(world, cwd, "import", "--table", "guests", csv)).stderr).toContain("Added 1 documents");
    const { stdout } = await convex(world, cwd, "data", "authors", "--order", "asc", "--format", "jsonl");
    expect([...stdout.matchAll(/"name": "([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "from lines",
      "and more",
      "from an array",
    ]);
    expect((await convex(world, cwd, "data", "guests", "--format", "jsonl")).stdout).toContain('"age": 7');
  });

  test("goes into a component", SLOW, async () => {
    const world = await startMoving();
    const cwd = makeProject();
    const file = write(cwd, "books.jsonl", lines({ text: "laid here" }));
    const { code } = await convex(world, cwd, "import", "--component", "upper", "--table", "books", file);
    expect(code).toBe(0);
    expect(await world.call("blog:shelves")).toMatchObject({ upper: [{ text: "laid here" }], lower: [] });
  });

  test("that does not match the schema is refused with its document, and nothing changes", SLOW, async () => {
    const world = await startMoving();
    await fill(world);
    const told = await tellAll(world);
    const cwd = makeProject();
    const file = write(cwd, "authors.jsonl", lines({ name: "good" }, { name: 7 }));
    const { code, stderr } = await convex(world, cwd, "import", "--table", "authors", "--replace", "-y", file);
    expect(code).toBe(1);
    expect(stderr).toContain('Row 2 of "authors" cannot be imported');
    expect(stderr).toContain("does not match the schema");
    expect(await tellAll(world)).toEqual(told);
  });
});

test.each<[string, Buffer, RegExp]>([
  ["no ZIP at all", Buffer.from("nothing"), /The ZIP file cannot be read/],
  [
    "a path that leads out",
    writeZip([{ name: "../authors/documents.jsonl", bytes: Buffer.from("{}") }]),
    /is no path inside/,
  ],
  [
    "a broken document",
    writeZip([{ name: "authors/documents.jsonl", bytes: Buffer.from('{"name":') }]),
    /Row 1 of "authors"/,
  ],
])("%s is said to be that", SLOW, async (_what, file, message) => {
  const world = await startMoving();
  const cwd = makeProject();
  write(cwd, "snapshot.zip", file);
  const { code, stderr } = await convex(world, cwd, "import", "--replace-all", "-y", "snapshot.zip");
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});

test("who has no key imports nothing", SLOW, async () => {
  const world = await startMoving();
  const paths = [
    "import/start_upload",
    "import/upload_part",
    "import/finish_upload",
    "perform_import",
    "cancel_import",
  ];
  for (const path of paths) {
    const response = await fetch(`${world.running.url}/api/${path}`, { method: "POST", body: "{}" });
    expect([path, response.status]).toEqual([path, 403]);
  }
});
