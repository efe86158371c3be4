import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { makeDirectory } from "./bundle/test-directory.ts";

const script = fileURLToPath(new URL("./codegen.ts", import.meta.url));
const LIMIT_MS = 30_000;

function codegen(...args: string[]) {
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8", timeout: LIMIT_MS });
}

const files = { "a.ts": "export const x = 1;" };

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

test("a flag that it does not know is refused, and nothing is written", () => {
  const directory = makeDirectory(files);
  const { status, stderr } = codegen("--chek", directory);
  expect([status, stderr.split("\n")[0]]).toEqual([1, expect.stringContaining("Unknown option '--chek'")]);
  expect(existsSync(join(directory, "_generated"))).toBe(false);
});

test("a config that does not evaluate is told without the engine's stack", () => {
  const checked = codegen(makeDirectory({ "convex.config.ts": `throw new Error("half written");` }));
  expect(checked.status).toBe(1);
  expect(checked.stderr).toMatch(/^Uncaught Error: half written\n {4}at .*convex\.config\.ts:1:7\)\n$/);
});
