import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import { asFunction } from "../runtime/compiled.ts";
import { property } from "../runtime/foreign.ts";
import { compile, type CompileJob } from "./compile.ts";
import { makeDirectory } from "./test-directory.ts";

type Files = Record<string, string>;

/** Compiles every file that has no `lib` in its name, as Convex does with a folder's modules. */
async function compileFiles(files: Files, runtime: CompileJob["runtime"] = "isolate") {
  const directory = makeDirectory(files);
  const modules = Object.keys(files)
    .filter((name) => !name.includes("lib"))
    .map((name) => ({ path: name.replace(/\.[a-z]+$/, ""), file: join(directory, name) }));
  const result = await compile({ appDirectory: directory, modules, runtime, filename: "test:bundle" });
  return { directory, ...result };
}

async function exportsOf(files: Files, runtime?: CompileJob["runtime"]): Promise<unknown> {
  const { compiled } = await compileFiles(files, runtime);
  const bundle = { exports: {} };
  const evaluate: unknown = new Script(asFunction(compiled, "exports, module, require")).runInThisContext();
  if (typeof evaluate === "function")
    Reflect.apply(evaluate, undefined, [bundle.exports, bundle, () => ({ platform: "node" })]);
  return bundle.exports;
}

/** The message of the `DeveloperError` that compiling must end with. */
async function refusal(files: Files, runtime?: CompileJob["runtime"]): Promise<string> {
  const error: unknown = await compileFiles(files, runtime).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DeveloperError);
  return error instanceof Error ? error.message : "";
}

describe("a bundle", () => {
  it("exports each module under its path, whatever characters are in it", async () => {
    const modules = await exportsOf({
      "a.ts": "export const x: number = 1;",
      "inbox/deep-er.ts": "export default 'd'; export const y = 2;",
      "js.js": "export const z = 3;",
      "view.tsx": "export const w = (<T,>(value: T) => value)(4);",
    });
    expect(property(property(modules, "a"), "x")).toBe(1);
    expect(property(property(modules, "inbox/deep-er"), "default")).toBe("d");
    expect(property(property(modules, "js"), "z")).toBe(3);
    expect(property(property(modules, "view"), "w")).toBe(4);
  });

  it("evaluates a module once, however many import it", async () => {
    const modules = await exportsOf({
      "lib/count.ts": "let count = 0; export const next = () => ++count;",
      "a.ts": `import { next } from "./lib/count"; export const value = next();`,
      "b.ts": `import { next } from "./lib/count.js"; export const value = next();`,
    });
    expect(
      [property(property(modules, "a"), "value"), property(property(modules, "b"), "value")].toSorted(
        (a, b) => Number(a) - Number(b),
      ),
    ).toEqual([1, 2]);
  });

  it("is a production build", async () => {
    const modules = await exportsOf({ "a.ts": "export const mode = process.env.NODE_ENV;" });
    expect(property(property(modules, "a"), "mode")).toBe("production");
  });

  it("names the files that went in, dependencies too, and nothing of its own", async () => {
    const { directory, sources } = await compileFiles({
      "a.ts": `import "./lib/used"; import { v } from "convex/values"; export const x = v;`,
      "lib/used.ts": "export const y = 1;",
      "lib/unused.ts": "export const z = 1;",
    });
    const real = (name: string) => join(directory, name);
    expect(sources).toEqual(expect.arrayContaining([real("a.ts"), real("lib/used.ts")]));
    expect(sources).not.toContain(real("lib/unused.ts"));
    expect(sources.some((file) => file.includes("convex/dist"))).toBe(true);
    expect(sources.filter((file) => file.includes("<") || !file.startsWith("/"))).toEqual([]);
    expect(realpathSync(dirname(directory))).toBe(dirname(directory));
  });

  it("carries a source map that names the sources and holds none of their text", async () => {
    const { compiled } = await compileFiles({ "a.ts": "export const secret = 'in the code only';" });
    const map: unknown = JSON.parse(compiled.sourceMap);
    expect(map).toMatchObject({ version: 3, sources: expect.arrayContaining(["../convex/a.ts"]) });
    expect(compiled.sourceMap).not.toContain("in the code only");
    expect(compiled.filename).toBe("test:bundle");
  });
});

describe("what each runtime has", () => {
  const importsNode = { "a.ts": `import { platform } from "node:os"; export const value = platform;` };

  it("Node's builtins stay where they are in a Node bundle", async () => {
    expect(property(property(await exportsOf(importsNode, "node"), "a"), "value")).toBe("node");
  });

  it("the default runtime has none: the file, the line and the way out are told", async () => {
    const message = await refusal(importsNode);
    expect(message).toContain("a.ts:1");
    expect(message).toContain('Could not resolve "node:os"');
    expect(message).toContain('"use node"');
  });

  it.each(["async_hooks", "node:async_hooks"])(
    "but %s, whose storage it has, by either name of import",
    async (name) => {
      const code = `import hooks, { AsyncLocalStorage } from "${name}"; export const same = hooks.AsyncLocalStorage === AsyncLocalStorage;`;
      expect(property(property(await exportsOf({ "a.ts": code }), "a"), "same")).toBe(true);
    },
  );

  it.each(["isolate", "node"] as const)("server-only is nothing at all in %s", async (runtime) => {
    const code = `import "server-only"; export const value = 1;`;
    expect(property(property(await exportsOf({ "a.ts": code }, runtime), "a"), "value")).toBe(1);
  });
});

describe("what cannot be bundled", () => {
  it.each([
    ["a syntax error", { "a.ts": "\nexport const = 1;" }, /a\.ts:2: Expected identifier but found "="/],
    ["a file that is missing", { "a.ts": `export * from "./lib/gone";` }, /a\.ts:1: Could not resolve "\.\/lib\/gone"/],
    [
      "a package that is missing",
      { "a.ts": `export * from "no-such-package";` },
      /Could not resolve "no-such-package"/,
    ],
    [
      "a name that is not exported",
      { "a.ts": `import { gone } from "./lib/b"; export const x = gone;`, "lib/b.ts": "export {};" },
      /No matching export in ".*lib\/b\.ts" for import "gone"/,
    ],
  ])("%s is told with file and line", async (_what, files, message) => {
    expect(await refusal(files)).toMatch(message);
  });

  it("is told of every file at once, without a hint that does not fit", async () => {
    const message = await refusal({ "a.ts": "export const = 1;", "b.ts": "export const = 2;" });
    expect(message.split("\n")).toEqual([expect.stringContaining("a.ts:1"), expect.stringContaining("b.ts:1")]);
    expect(message).not.toContain("use node");
  });
});
