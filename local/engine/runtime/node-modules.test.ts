import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { ActionHost } from "../types.ts";
import { asFunction } from "./compiled.ts";
import { callMethod } from "./foreign.ts";
import { evaluateNodeModules } from "./node-modules.ts";
import { evaluateAs, runAsRequest } from "./requests.ts";
import { actionHost } from "./test-hosts.ts";

const directory = fileURLToPath(new URL(".", import.meta.url));
afterEach(() => {
  Reflect.deleteProperty(globalThis, "Convex");
});

/** Evaluates `code` as a bundle, then calls its `run` as an action. */
async function run(code: string, host: ActionHost = actionHost()): Promise<unknown> {
  const modules = evaluateAs(host, () =>
    evaluateNodeModules({ filename: "test:bundle", code, sourceMap: "" }, directory),
  );
  return runAsRequest(host, async () => callMethod(modules, "run"));
}

describe("a Node module", () => {
  it("requires Node's builtins and the project's packages", async () => {
    const code = `exports.run = () => [typeof require("node:crypto").createHash, typeof require("ws").WebSocket, typeof Buffer];`;
    await expect(run(code)).resolves.toEqual(["function", "function", "function"]);
  });

  it("may replace its exports, as CommonJS does", async () => {
    await expect(run(`module.exports = { run: () => "replaced" };`)).resolves.toBe("replaced");
  });

  it("imports on demand", async () => {
    await expect(run(`exports.run = async () => (await import("node:path")).posix.sep;`)).resolves.toBe("/");
  });

  it("reads the app's variables, and none of the machine's", async () => {
    const code = `exports.run = () => [process.env.GREETING, process.env.PATH, "GREETING" in process.env, "PATH" in process.env];`;
    expect(process.env["PATH"]).toBeTypeOf("string");
    await expect(run(code)).resolves.toEqual(["good morning", undefined, true, false]);
  });

  it("lists the app's variables that are set, and none of the machine's", async () => {
    const host = actionHost({ environmentNames: () => ["GREETING", "GONE"] });
    const code = `exports.run = () => [Object.keys(process.env), { ...process.env }];`;
    await expect(run(code, host)).resolves.toEqual([["GREETING"], { GREETING: "good morning" }]);
  });

  it("has the rest of Node's process", async () => {
    await expect(run(`exports.run = () => [process.version, typeof process.nextTick];`)).resolves.toEqual([
      process.version,
      "function",
    ]);
  });

  it("logs to the request that runs, and says nothing to the terminal", async () => {
    const host = actionHost();
    await run(`exports.run = () => { console.info("a", 1); console.error({ b: 2 }); };`, host);
    expect(host.logged).toEqual(["INFO 'a' 1", "ERROR { b: 2 }"]);
  });

  it("asks the host of the request that runs, two side by side", async () => {
    const code = `exports.run = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return globalThis.Convex.asyncSyscall("1.0/x", "{}");
    };`;
    const answering = (text: string) => actionHost({ asyncSyscall: async () => text });
    await expect(Promise.all([run(code, answering("one")), run(code, answering("two"))])).resolves.toEqual([
      "one",
      "two",
    ]);
  });

  it("can ask nothing while it is imported, nor when its request has ended", async () => {
    const early = `globalThis.Convex.syscall("1.0/x", "{}"); exports.run = () => 1;`;
    await expect(run(early)).rejects.toThrow("No answer for 1.0/x");
    const host = actionHost({ asyncSyscall: async () => "answer" });
    const code = `exports.run = () => ({ ask: () => globalThis.Convex.asyncSyscall("1.0/x", "{}") });`;
    const late = await run(code, host);
    await expect(Promise.resolve(callMethod(late, "ask"))).rejects.toThrow("outside of a running action");
  });

  it("throws what it throws, in lines of its own bundle", async () => {
    const error = await run(`exports.run = () => {\n throw new Error("third line");\n};`).catch(
      (reason: unknown) => reason,
    );
    expect(error instanceof Error && error.stack).toContain("test:bundle:2");
  });

  it("that lacks a package says which", async () => {
    await expect(run(`require("no-such-package");`)).rejects.toThrow("Cannot find module 'no-such-package'");
  });
});

it("a bundle's lines are those of its code", () => {
  const text = asFunction({ filename: "x", code: "first\nsecond", sourceMap: "" }, "a, b");
  expect(text.split("\n").slice(0, 2)).toEqual(["(function (a, b) {first", "second"]);
});
