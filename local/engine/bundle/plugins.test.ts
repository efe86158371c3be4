import { Script } from "node:vm";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { callMethod, property } from "../runtime/foreign.ts";
import { runtimePlugins } from "./plugins.ts";

/** Bundles one module with a runtime's plugins alone. */
async function bundle(contents: string, runtime: "isolate" | "node") {
  const { outputFiles } = await build({
    stdin: { contents, loader: "ts" },
    bundle: true,
    format: "cjs",
    platform: runtime === "node" ? "node" : "browser",
    write: false,
    logLevel: "silent",
    plugins: runtimePlugins(runtime),
  });
  return outputFiles[0]?.text ?? "";
}

/** The module's exports, evaluated where `AsyncLocalStorage` is a global that is not the one of Node. */
function evaluate(code: string): unknown {
  class AsyncLocalStorage {
    readonly isOfTheRealm = true;
  }
  const bundled = { exports: {} };
  const run: unknown = new Script(`(function (module, globalThis) {${code}\n})`).runInThisContext();
  callMethod({ run }, "run", bundled, { AsyncLocalStorage });
  return bundled.exports;
}

describe("the default runtime", () => {
  it.each(["async_hooks", "node:async_hooks"])(
    "has %s, as far as the realm has it, by name and as a whole",
    async (name) => {
      const code = await bundle(
        `import hooks, { AsyncLocalStorage } from "${name}";
       export const own = new AsyncLocalStorage().isOfTheRealm;
       export const same = hooks.AsyncLocalStorage === AsyncLocalStorage;`,
        "isolate",
      );
      const exports = evaluate(code);
      expect([property(exports, "own"), property(exports, "same")]).toEqual([true, true]);
    },
  );

  it.each(["node:fs", "fs", "async_hooks/more", "my-async_hooks", "node:async_hooks2"])("has no %s", async (name) => {
    await expect(bundle(`import "${name}";`, "isolate")).rejects.toThrow(`Could not resolve "${name}"`);
  });
});

describe("the Node runtime", () => {
  it("has Node's own modules, and leaves them where they are", async () => {
    const code = await bundle(
      `import { AsyncLocalStorage } from "node:async_hooks"; export { AsyncLocalStorage };`,
      "node",
    );
    expect(code).toContain(`require("node:async_hooks")`);
  });
});

describe.each(["isolate", "node"] as const)("server-only in the %s runtime", (runtime) => {
  it("is a module of nothing: whoever imports it is on the server", async () => {
    const exports = evaluate(await bundle(`import "server-only"; export const loaded = true;`, runtime));
    expect(property(exports, "loaded")).toBe(true);
  });

  it.each(["server-only/more", "not-server-only"])("is not %s", async (name) => {
    await expect(bundle(`import "${name}";`, runtime)).rejects.toThrow(`Could not resolve "${name}"`);
  });
});
