import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { DeveloperError } from "../errors.ts";
import { environment, fixtureDirectory, functionHost, loadFixture, rootOf, valueOf } from "../runtime/test-hosts.ts";
import { loadApp } from "./load-app.ts";
import { makeDirectory } from "./test-directory.ts";

const SERVER = `import { actionGeneric, mutationGeneric, queryGeneric } from "convex/server";\n`;

/** What loading these files throws. */
async function refusal(files: Record<string, string>): Promise<string> {
  const error = await loadApp({ directory: makeDirectory(files), environment }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DeveloperError);
  return error instanceof Error ? error.message : "";
}

describe("the fixture app", () => {
  test("its functions are known with kind, visibility, runtime and validators", async () => {
    const { functions } = rootOf(await loadFixture());
    expect([...functions.keys()].filter((path) => path.startsWith("rooms/"))).toEqual([
      "rooms/messages:list",
      "rooms/messages:page",
      "rooms/messages:search",
      "rooms/messages:send",
      "rooms/upkeep:open",
      "rooms/upkeep:recount",
    ]);
    expect(functions.get("rooms/messages:list")).toEqual({
      kind: "query",
      visibility: "public",
      args: { type: "object", value: { room: { fieldType: { type: "string" }, optional: false } } },
      returns: expect.objectContaining({ type: "array" }),
      node: false,
    });
    expect(functions.get("rooms/upkeep:open")).toMatchObject({ kind: "mutation", visibility: "internal" });
    expect(functions.get("machine:fingerprint")).toMatchObject({ kind: "action", node: true });
    expect(functions.get("outside:slow")).toMatchObject({ kind: "action", node: false, returns: null });
  });

  test("its schema and cron jobs are known", async () => {
    const { crons, schema } = rootOf(await loadFixture());
    expect(schema?.schemaValidation).toBe(true);
    expect(schema?.tables.map(({ tableName }) => tableName)).toEqual(["rooms", "messages"]);
    expect(schema?.tables[1]?.searchIndexes).toEqual([
      { indexDescriptor: "search_body", searchField: "body", filterFields: ["roomId"] },
    ]);
    expect(crons).toEqual([
      {
        identifier: "count rooms",
        name: "rooms/upkeep:recount",
        args: [{ name: "lobby" }],
        schedule: { type: "interval", minutes: 5 },
      },
      expect.objectContaining({ identifier: "nightly", name: "outside:fetchText" }),
    ]);
  });

  test("its components are installed with their children, each install apart", async () => {
    const { components } = await loadFixture();
    expect([...components.keys()]).toEqual([
      "",
      "rateLimiter",
      "rateLimiter/batchWorker",
      "strictLimiter",
      "strictLimiter/batchWorker",
    ]);
    expect(components.get("")?.children).toEqual(
      new Map([
        ["rateLimiter", "rateLimiter"],
        ["strictLimiter", "strictLimiter"],
      ]),
    );
    expect(components.get("rateLimiter")?.children).toEqual(new Map([["batchWorker", "rateLimiter/batchWorker"]]));
    expect(components.get("rateLimiter")?.functions.get("lib:rateLimit")?.kind).toBe("mutation");
    expect(components.get("rateLimiter")?.schema?.tables.length).toBeGreaterThan(0);
  });

  test("a component sees the variables it declares and the deployment's URLs, and no others", async () => {
    const { components } = await loadFixture();
    expect(components.get("")?.environment("GREETING")).toBe("good morning");
    expect(components.get("rateLimiter")?.environment("GREETING")).toBeUndefined();
    expect(components.get("rateLimiter")?.environment("CONVEX_CLOUD_URL")).toBe("http://127.0.0.1:3210");
    expect(components.get("strictLimiter")?.environment("CONVEX_SITE_URL")).toBe("http://127.0.0.1:3211/limits");
  });

  test("its auth providers are read with the deployment's variables", async () => {
    expect((await loadFixture()).authProviders).toEqual([
      { type: "oidc", domain: "https://clerk.example", applicationID: "convex" },
      { type: "customJwt", issuer: "https://issuer.example", jwks: "data:text/plain,{}", algorithm: "RS256" },
    ]);
  });

  test("its sources include files outside of the directory, and no installed package", async () => {
    const sources = (await loadFixture()).sources.map((file) => relative(fixtureDirectory, file));
    expect(sources).toContain("../lib/words.ts");
    expect(sources).toContain("machine.ts");
    expect(sources).toContain("convex.config.ts");
    expect(sources.filter((file) => file.includes("node_modules"))).toEqual([]);
  });

  test("a component's function runs", async () => {
    const limiter = (await loadFixture()).components.get("rateLimiter");
    const asked: string[] = [];
    const host = functionHost({
      syscall: (operation) => {
        asked.push(operation);
        return `{"queryId":1}`;
      },
      asyncSyscall: (operation) => {
        asked.push(operation);
        return `{"done":true,"value":null}`;
      },
    });
    const config = { kind: "fixed window", rate: 1, period: 1000 };
    const argsJson = JSON.stringify([{ name: "send", config, sampleShards: 1 }]);
    const outcome = limiter?.run(host, { module: "lib", name: "getValue", kind: "query", argsJson });
    expect(outcome).toMatchObject({ ok: true });
    expect(asked).toContain("1.0/queryStream");
  });
});

describe("what a push would refuse", () => {
  test("a Node builtin outside of a use-node file, with the hint", async () => {
    const message = await refusal({
      "a.ts": `import { createHash } from "node:crypto";\nexport const x = createHash;`,
    });
    expect(message).toMatch(/^convex\/a\.ts:1: Could not resolve "node:crypto"/);
    expect(message).toContain(`using Node APIs from a file without the "use node" directive`);
  });

  test("a syntax error, with file and line", async () => {
    expect(await refusal({ "a.ts": "export const x = 1;\nexport const = 2;\n" })).toMatch(/^convex\/a\.ts:2: /);
  });

  test("a query in a use-node file", async () => {
    const files = { "a.ts": `"use node";\n${SERVER}export const hello = queryGeneric(() => 1);` };
    expect(await refusal(files)).toBe(
      "`hello` defined in `a.js` is a Query function. Only actions can be defined in Node.js. See https://docs.convex.dev/functions/actions for more details.",
    );
  });

  test("a module that throws while it is imported, with the source's frame", async () => {
    const message = await refusal({ "a.ts": `export const x = 1;\nthrow new Error("no key");` });
    expect(message).toMatch(/^Uncaught Error: no key\n {4}at .*\.\.\/convex\/a\.ts:2:7/);
  });

  test("a use-node module that throws while it is imported", async () => {
    const message = await refusal({ "a.ts": `"use node";\nexport const x = 1;\nthrow new Error("no key");` });
    expect(message).toMatch(/^Uncaught Error: no key\n {4}at .*\.\.\/convex\/a\.ts:3:7/);
  });

  test("the database used while a module is imported", async () => {
    const text = `export const x = globalThis.Convex.syscall("1.0/queryStream", "{}");`;
    expect(await refusal({ "a.ts": text })).toContain("outside of a running function");
  });

  test("a cron job for a function that is not there", async () => {
    const text = `import { cronJobs, makeFunctionReference } from "convex/server";
      const crons = cronJobs();
      crons.interval("tick", { seconds: 5 }, makeFunctionReference("gone:away"));
      export default crons;`;
    expect(await refusal({ "crons.ts": text })).toContain(`"tick" runs gone:away`);
  });

  test.each([
    ["schema.ts", "defineSchema()"],
    ["crons.ts", "cronJobs()"],
    ["http.ts", "httpRouter()"],
  ])("a %s that exports something else", async (name, wanted) => {
    expect(await refusal({ [name]: "export default {};" })).toContain(wanted);
  });

  test("an auth variable that is not set, by name", async () => {
    const text = `export default { providers: [{ domain: process.env.ISSUER, applicationID: "convex" }] };`;
    expect(await refusal({ "auth.config.ts": text })).toContain("Environment variable ISSUER is used in auth config");
  });

  test.each([
    [`{ providers: 3 }`, "must be { providers: [...] }"],
    [`{ providers: [{ domain: "x" }] }`, "lacks applicationID"],
    [`{ providers: [{ type: "saml" }] }`, `unknown provider type "saml"`],
    [`{ providers: [{ type: "customJwt", algorithm: "HS256" }] }`, "algorithm must be RS256 or ES256, not HS256"],
  ])("auth.config %s", async (config, reason) => {
    expect(await refusal({ "auth.config.ts": `export default ${config};` })).toContain(reason);
  });

  test("a required variable of the app or of a component that has no value", async () => {
    const own = `import { defineApp } from "convex/server"; import { v } from "convex/values";
      export default defineApp({ env: { KEY: v.string() } });`;
    expect(await refusal({ "convex.config.ts": own })).toContain("KEY is required by the convex.config of the app");
  });

  test("a use-node file in a component", async () => {
    const message = await refusal({
      "convex.config.ts": `import { defineApp } from "convex/server"; import part from "./part/convex.config";
        const app = defineApp(); app.use(part); export default app;`,
      "part/convex.config.ts": `import { defineComponent } from "convex/server"; export default defineComponent("part");`,
      "part/a.ts": `"use node";\nexport const x = 1;`,
    });
    expect(message).toContain(`"use node" directive is not supported in components`);
  });
});

test("a prefix for the app's own routes is refused: they would answer where nobody asks", async () => {
  const directory = makeDirectory({
    "convex.config.ts": `import { defineApp } from "convex/server"; export default defineApp({ httpPrefix: "/api" });`,
  });
  await expect(loadApp({ directory, environment })).rejects.toThrow(
    "The httpPrefix of defineApp() is not supported by the local engine yet.",
  );
});

describe("a component of the app's own", () => {
  const files = {
    "convex.config.ts": `import { defineApp } from "convex/server"; import { v } from "convex/values";
      import part from "./part/convex.config";
      const app = defineApp({ env: { GREETING: v.string() } });
      app.use(part, { name: "one", env: { WORD: app.env.GREETING, FIXED: "same" } });
      app.use(part, { name: "two", env: { WORD: "bye", FIXED: "same" }, httpPrefix: "/two" });
      export default app;`,
    "part/convex.config.ts": `import { defineComponent } from "convex/server"; import { v } from "convex/values";
      export default defineComponent("part", { env: { WORD: v.string(), FIXED: v.string() } });`,
    "part/words.ts": `${SERVER}export const word = queryGeneric(() => [process.env.WORD, process.env.GREETING ?? null]);`,
  };

  test("gets its variables by reference or value, and its functions stay out of the app's", async () => {
    const app = await loadApp({ directory: makeDirectory(files), environment });
    expect([...rootOf(app).functions.keys()]).toEqual([]);
    const words = ["one", "two"].map((path) => {
      const component = app.components.get(path);
      const host = functionHost({ environment: (name) => component?.environment(name) });
      const outcome = component?.run(host, { module: "words", name: "word", kind: "query", argsJson: "[{}]" });
      return outcome && valueOf(outcome);
    });
    expect(words).toEqual([
      ["good morning", null],
      ["bye", null],
    ]);
  });
});
