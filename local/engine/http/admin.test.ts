import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestWorld, type TestWorld } from "../testing/world.ts";
import { startTestServer } from "./test-server.ts";

const ADMIN_KEY = "local|admin";
const ISSUER = { TEST_ISSUER: "https://issuer.example", TEST_JWKS: "data:text/plain,{}", TEST_AUDIENCE: "tests" };

let world: TestWorld;
beforeAll(async () => {
  const variables = new Map(Object.entries(ISSUER));
  world = await startTestWorld("clients", {
    adminKey: ADMIN_KEY,
    environment: (name) => variables.get(name),
    environmentNames: [...variables.keys()],
  });
});
afterAll(() => world.close());

async function post(path: string, body: unknown, authorization: string | null = `Convex ${ADMIN_KEY}`) {
  const response = await fetch(`${world.running.url}/api/${path}`, {
    method: "POST",
    headers: authorization === null ? {} : { authorization },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

const change = (...changes: unknown[]) => post("update_environment_variables", { changes });

function listVariables(): unknown {
  const path = "_system/cli/queryEnvironmentVariables";
  const result = world.running.engine.runQuery({ component: "", path, args: {}, identity: null, publicOnly: false });
  if (!result.ok) throw new Error(result.errorMessage);
  return JSON.parse(result.value);
}

describe("who is no admin", () => {
  test.each([
    ["nobody", null],
    ["a wrong key", "Convex local|other"],
    ["a key that begins right", `Convex ${ADMIN_KEY}x`],
    ["the key as a token", `Bearer ${ADMIN_KEY}`],
    ["another scheme", `Basic ${ADMIN_KEY}`],
  ])("%s is refused before the body is looked at, in production's words", async (_who, authorization) => {
    for (const body of ["not JSON", { changes: [{ name: "STOLEN", value: "1" }] }]) {
      expect(await post("update_environment_variables", body, authorization)).toEqual({
        status: 403,
        answer: {
          code: "BadDeployKey",
          message: expect.stringContaining("The provided deploy key was invalid for this deployment."),
        },
      });
    }
    expect(JSON.stringify(listVariables())).not.toContain("STOLEN");
  });

  test("an admin who acts as somebody is an admin still", async () => {
    const someone = Buffer.from(JSON.stringify({ issuer: "i", subject: "s" })).toString("base64");
    const { status } = await post("update_environment_variables", { changes: [] }, `Convex ${ADMIN_KEY}:${someone}`);
    expect(status).toBe(200);
  });
});

describe("environment variables", () => {
  test.each([
    [{ name: "1ST", value: "" }, "EnvironmentVariableNameInvalid"],
    [{ name: "WITH SPACE", value: "" }, "EnvironmentVariableNameInvalid"],
    [{ name: "LINE\n", value: "" }, "EnvironmentVariableNameInvalid"],
    [{ name: "", value: "" }, "EnvironmentVariableNameInvalid"],
    [{ name: "N".repeat(257), value: "" }, "EnvironmentVariableNameTooLong"],
    [{ name: "BIG", value: "é".repeat(4097) }, "EnvironmentVariableValueTooLarge"],
    [{ name: "CONVEX_CLOUD_URL", value: "http://x" }, "EnvVarNameForbidden"],
    [{ name: "CONVEX_SITE_URL", value: null }, "EnvVarNameForbidden"],
    [{ name: "GOOD", value: "again" }, "EnvVarNameNotUnique"],
    [{ value: "nameless" }, "BadRequest"],
    [{ name: "NUMBER", value: 1 }, "BadRequest"],
    ["text", "BadRequest"],
    [null, "BadRequest"],
  ])("one bad change, %j, spoils all of them", async (bad, code) => {
    const before = listVariables();
    expect(await change({ name: "GOOD", value: "fine" }, bad)).toMatchObject({ status: 400, answer: { code } });
    expect(listVariables()).toEqual(before);
  });

  test.each([{}, { changes: {} }, { changes: "all" }])("%j is no list of changes", async (body) => {
    expect((await post("update_environment_variables", body)).status).toBe(400);
  });

  test("the longest name and the largest value are kept as they are, over a restart", async () => {
    const kept = { name: `_${"n".repeat(255)}`, value: "v".repeat(8192) };
    expect((await change(kept, { name: "EMPTY", value: "" })).status).toBe(200);
    await world.restart();
    expect(listVariables()).toEqual(expect.arrayContaining([kept, { name: "EMPTY", value: "" }]));
    await change({ name: kept.name, value: null }, { name: "EMPTY" });
    expect(JSON.stringify(listVariables())).not.toMatch(/EMPTY|nnn/);
  });

  test("one that the app cannot be loaded without stays", async () => {
    const before = listVariables();
    const { status, answer } = await change({ name: "TEST_ISSUER" }, { name: "OTHER", value: "1" });
    expect(status).toBe(400);
    expect(answer).toMatchObject({ message: expect.stringContaining("TEST_ISSUER") });
    expect(listVariables()).toEqual(before);
  });

  test("changes that come at once are made one after the other, a refused one among them", async () => {
    const results = await Promise.all([
      change({ name: "TURN", value: "1" }),
      change({ name: "TEST_ISSUER" }, { name: "TURN", value: "2" }),
      change({ name: "LAST", value: "3" }),
    ]);
    expect(results.map(({ status }) => status)).toEqual([200, 400, 200]);
    expect(listVariables()).toEqual(
      expect.arrayContaining([
        { name: "TURN", value: "1" },
        { name: "LAST", value: "3" },
      ]),
    );
  });

  test("whoever watches them hears of a change", async () => {
    let reloads = 0;
    const stop = world.running.engine.onReload(() => reloads++);
    await change({ name: "WATCHED", value: "1" });
    stop();
    expect(reloads).toBe(1);
  });
});

test("a server without a deployment behind it has no such endpoint", async () => {
  const { url } = await startTestServer();
  const response = await fetch(`${url}/api/update_environment_variables`, { method: "POST" });
  expect(response.status).toBe(404);
});
