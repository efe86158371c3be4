import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject, runCli } from "../testing/cli.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

const ADMIN_KEY = "local|cli";
const GIVEN: Readonly<Record<string, string>> = { GIVEN: "at start", GOING: "soon" };

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("calls", {
    adminKey: ADMIN_KEY,
    environment: (name) => GIVEN[name],
    environmentNames: Object.keys(GIVEN),
  });
});
afterAll(async () => {
  assertNoFaults(world);
  await world.close();
});

const env = (...args: string[]) => runCli(["env", ...args], { url: world.running.url, adminKey: ADMIN_KEY });
const seen = (name: string) => world.call("notes:variable", { name });

test("what convex env sets and removes is what functions see, and env get and list show", async () => {
  expect(await env("list")).toMatchObject({ code: 0, stdout: "GIVEN=at start\nGOING=soon\n" });

  expect(await env("set", "GREETING", "olá, you")).toMatchObject({ code: 0 });
  expect(await seen("GREETING")).toBe("olá, you");
  expect(await env("get", "GREETING")).toMatchObject({ code: 0, stdout: "olá, you\n" });

  await env("set", "GIVEN", "changed");
  expect(await env("remove", "GOING")).toMatchObject({ code: 0 });
  expect([await seen("GIVEN"), await seen("GOING")]).toEqual(["changed", null]);
  expect((await env("list", "--names-only")).stdout).toBe("GIVEN\nGREETING\n");
  expect(await env("get", "GOING")).toMatchObject({ stdout: "", stderr: expect.stringContaining("GOING") });
});

test("a file of variables is set at once, or refused at once", async () => {
  const cwd = makeProject();
  writeFileSync(join(cwd, "values.env"), "ONE=1\nTWO='2 and more'\n");
  const set = (...args: string[]) =>
    runCli(["env", "set", "--from-file", "values.env", ...args], { url: world.running.url, adminKey: ADMIN_KEY, cwd });
  expect(await set()).toMatchObject({ code: 0 });
  expect([await seen("ONE"), await seen("TWO")]).toEqual(["1", "2 and more"]);

  writeFileSync(join(cwd, "values.env"), "ONE=uno\nTHREE=3\n");
  expect((await set()).code).toBe(1);
  expect([await seen("ONE"), await seen("THREE")]).toEqual(["1", null]);
  expect(await set("--force")).toMatchObject({ code: 0 });
  expect([await seen("ONE"), await seen("THREE")]).toEqual(["uno", "3"]);
});

test("what production forbids is refused in its words", async () => {
  const { code, stderr } = await env("set", "CONVEX_SITE_URL", "http://elsewhere");
  expect(code).toBe(1);
  expect(stderr).toContain('Environment variable with name "CONVEX_SITE_URL" is built-in and cannot be overridden');
});

test("a stranger neither reads nor changes anything", async () => {
  const stranger = (...args: string[]) => runCli(["env", ...args], { url: world.running.url, adminKey: "local|other" });
  const listed = await stranger("list");
  expect(listed.code).toBe(1);
  expect(listed.stdout + listed.stderr).not.toContain("GREETING");
  expect((await stranger("set", "STRANGE", "1")).stderr).toContain("The provided deploy key was invalid");
  expect(await seen("STRANGE")).toBeNull();
});
