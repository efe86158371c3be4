import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { runCli } from "../testing/cli.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

const ADMIN_KEY = "local|cli";
const SPEC = z.object({ url: z.string(), functions: z.array(z.record(z.string(), z.unknown())) });

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("parts", { adminKey: ADMIN_KEY });
  for (const text of ["first", "second", "third"]) await world.call("files:insertNote", { text });
});
afterAll(async () => {
  assertNoFaults(world);
  await world.close();
});

const convex = (...args: string[]) => runCli(args, { url: world.running.url, adminKey: ADMIN_KEY });

describe("convex run", () => {
  test("prints what a function returns", async () => {
    const { stdout, code } = await convex("run", "files:store", '{"text":"kept","type":"text/plain"}');
    expect(code).toBe(0);
    const id: unknown = JSON.parse(stdout);
    expect(await convex("run", "files:read", JSON.stringify({ id }))).toMatchObject({
      stdout: `${JSON.stringify({ text: "kept", type: "text/plain" }, null, 2)}\n`,
    });
  });

  test("reaches internal functions, and a component's", async () => {
    const { stdout } = await convex("run", "entries:list", "{}", "--component", "vault");
    expect(JSON.parse(stdout)).toEqual([]);
  });

  test("lists what there is when a name is wrong", async () => {
    const { code, stderr } = await convex("run", "files:nothing");
    expect(code).toBe(1);
    expect(stderr).toContain("Could not find function for 'files:nothing'");
    expect(stderr).toContain("Available functions:\n");
    expect(stderr).toContain("• files:insertNote\n");
  });
});

describe("convex data", () => {
  test("names the app's tables and a component's, and no table of the engine's own", async () => {
    expect(await convex("data")).toMatchObject({ code: 0, stdout: "notes\nvalues\n" });
    expect(await convex("data", "--component", "vault")).toMatchObject({ code: 0, stdout: "entries\n" });
  });

  test("shows the newest documents of a table first, as many as asked for", async () => {
    const { stdout, stderr } = await convex("data", "notes", "--limit", "2", "--format", "jsonl");
    expect([...stdout.matchAll(/"text": "(\w+)"/g)].map(([, text]) => text)).toEqual(["third", "second"]);
    expect(stderr).toBe("");
  });

  test("shows stored files, and finds nothing in a table that is not there", async () => {
    expect((await convex("data", "_storage")).stdout).toContain('"text/plain"');
    expect((await convex("data", "nowhere")).stderr).toContain("There are no documents in this table.");
  });
});

test("convex function-spec tells every function with its validators, and every route", async () => {
  const { stdout } = await convex("function-spec");
  const { url, functions } = SPEC.parse(JSON.parse(stdout));
  expect(url).toBe(world.running.url);
  expect(functions).toContainEqual({
    identifier: "files.js:insertNote",
    functionType: "Mutation",
    visibility: { kind: "public" },
    args: { type: "object", value: { text: { fieldType: { type: "string" }, optional: false } } },
    returns: { type: "any" },
  });
  expect(functions.filter(({ functionType }) => functionType === "HttpAction")).toEqual([
    { functionType: "HttpAction", method: "GET", path: "/fails" },
    { functionType: "HttpAction", method: "GET", path: "/fails-with-data" },
    { functionType: "HttpAction", method: "GET", path: "/request" },
  ]);
});

test.each(["run notes:list", "data", "data notes", "function-spec"])(
  "convex %s shows a stranger nothing",
  async (line) => {
    const { code, stdout, stderr } = await runCli(line.split(" "), { url: world.running.url, adminKey: "local|other" });
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("BadAdminKey");
    expect(stdout + stderr).not.toMatch(/first|insertNote|values/);
  },
);
