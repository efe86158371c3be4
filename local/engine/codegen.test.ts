import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generate } from "./bundle/generate.ts";
import { makeDirectory } from "./bundle/test-directory.ts";
import { fixtureDirectory } from "./runtime/test-hosts.ts";

const script = fileURLToPath(new URL("./codegen.ts", import.meta.url));
const LIMIT_MS = 30_000;

function codegen(...args: string[]) {
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8", timeout: LIMIT_MS });
}

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

test("--check passes on fresh files, names a stale one with its line, and writes nothing", () => {
  const directory = makeDirectory(files);
  expect(codegen(directory).status).toBe(0);
  expect(codegen("--check", directory)).toMatchObject({ status: 0, stderr: "" });
  const stale = join(directory, "_generated", "api.js");
  writeFileSync(stale, "// by hand\n");
  rmSync(join(directory, "_generated", "server.js"));
  const checked = codegen("--check", directory);
  expect(checked.status).toBe(1);
  expect(checked.stderr).toContain(`api.js: line 1: expected "/* eslint-disable */", found "// by hand"`);
  expect(checked.stderr).toContain("server.js: missing");
  expect(readFileSync(stale, "utf8")).toBe("// by hand\n");
});

test("a config that does not evaluate is told without the engine's stack", () => {
  const checked = codegen(makeDirectory({ "convex.config.ts": `throw new Error("half written");` }));
  expect(checked.status).toBe(1);
  expect(checked.stderr).toMatch(/^Uncaught Error: half written\n {4}at .*convex\.config\.ts:1:7\)\n$/);
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
