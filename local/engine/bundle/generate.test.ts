import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { DeveloperError } from "../errors.ts";
import { fixtureDirectory } from "../runtime/test-hosts.ts";
import { generate } from "./generate.ts";
import { makeDirectory } from "./test-directory.ts";

const LIMIT_MS = 30_000;

const files = {
  "a.ts": "export const x = 1;",
  "inbox/delete.ts": "export const x = 1;",
  "some-name.ts": "export const x = 1;",
  "a.test.ts": "export {};",
};

test("the fixture's generated files are the ones that it would write", async () => {
  const generated = await generate(fixtureDirectory);
  expect([...generated.keys()]).toEqual(["api.d.ts", "api.js", "dataModel.d.ts", "server.d.ts", "server.js"]);
  for (const [name, text] of generated) {
    expect(text).toBe(readFileSync(join(fixtureDirectory, "_generated", name), "utf8"));
  }
});

test("components and declared variables have types", async () => {
  const generated = await generate(fixtureDirectory);
  expect(generated.get("api.d.ts")).toContain(
    `import("@convex-dev/rate-limiter/_generated/component.js").ComponentApi<"strictLimiter">`,
  );
  expect(generated.get("server.d.ts")).toContain("readonly GREETING: string | undefined;");
});

test("a component of the app's own is named by its place", async () => {
  const directory = makeDirectory({
    "convex.config.ts": `import { defineApp } from "convex/server"; import part from "./part/convex.config.js";
      const app = defineApp(); app.use(part); export default app;`,
    "part/convex.config.ts": `import { defineComponent } from "convex/server"; export default defineComponent("part");`,
  });
  expect((await generate(directory)).get("api.d.ts")).toContain(`import("../part/_generated/component.js")`);
});

test(
  "what it writes is what the official command writes, but for components and variables",
  async () => {
    const directory = makeDirectory({
      ...files,
      "schema.ts": readFileSync(join(fixtureDirectory, "schema.ts"), "utf8"),
    });
    const root = dirname(directory);
    writeFileSync(join(root, "package.json"), `{ "type": "module", "dependencies": { "convex": "*" } }`);
    const command = join(dirname(createRequire(import.meta.url).resolve("convex/package.json")), "bin/main.js");
    const args = [command, "codegen", "--system-udfs", "--typecheck", "disable"];
    execFileSync(process.execPath, args, { cwd: root, timeout: LIMIT_MS, stdio: "ignore" });
    const generated = await generate(directory);
    for (const [name, text] of generated) {
      const official = readFileSync(join(directory, "_generated", name), "utf8");
      expect(codeOf(text)).toEqual(codeOf(official));
    }
  },
  LIMIT_MS,
);

test("modules are named as the client finds them, in the order of their paths, and tests are none", async () => {
  const api = (await generate(makeDirectory(files))).get("api.d.ts") ?? "";
  expect([...api.matchAll(/import type \* as (\w+) from "(.+)";/g)].map(([, name, path]) => [name, path])).toEqual([
    ["a", "../a.js"],
    ["inbox_delete", "../inbox/delete.js"],
    ["some_name", "../some-name.js"],
  ]);
  expect(api).toMatch(/"inbox\/delete": typeof inbox_delete;/);
});

test("the data model is the schema's, or says that there is none", async () => {
  const modelOf = async (more: Record<string, string>) =>
    (await generate(makeDirectory({ ...files, ...more }))).get("dataModel.d.ts");
  expect(await modelOf({})).toContain("No `schema.ts` file found!");
  expect(await modelOf({ "schema.ts": "export {};" })).toContain(`import schema from "../schema.js";`);
});

test("nothing is written: the files are the caller's", async () => {
  const directory = makeDirectory(files);
  await generate(directory);
  expect(readdirSync(directory).sort()).toEqual(["a.test.ts", "a.ts", "inbox", "some-name.ts"]);
});

test("a config that does not evaluate is the developer's mistake", async () => {
  const directory = makeDirectory({ "convex.config.ts": `throw new Error("half written");` });
  await expect(generate(directory)).rejects.toThrow(DeveloperError);
});

/** The statements, without comments and in one order, minus what only a deployment (or this generator) knows. */
function codeOf(text: string): string[] {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace("anyApi, componentsGeneric", "anyApi")
    .replace(/export (declare )?const (components|env)\b[^;]*(;\s*};)?;?/g, "")
    .replace(/type Env = \{[^}]*\};/, "")
    .split(/;\s*\n/)
    .map((statement) => statement.trim().replace(/^};$/, ""))
    .filter((statement) => statement !== "")
    .sort();
}
