import { createRequire } from "node:module";
import { join } from "node:path";
import { constants, Script } from "node:vm";
import { asFunction, type Compiled } from "./compiled.ts";
import { requestEngine } from "./requests.ts";

const PARAMETERS = "exports, module, require, process, console";

/**
 * Evaluates the `"use node"` modules in the engine's own realm, with Node's builtins and packages found from
 * `directory`. Their `process.env` is the app's environment, their console the request's log.
 */
export function evaluateNodeModules(compiled: Compiled, directory: string): unknown {
  installConvexGlobal();
  const script = new Script(asFunction(compiled, PARAMETERS), {
    filename: compiled.filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const evaluate: unknown = script.runInThisContext();
  if (typeof evaluate !== "function") throw new TypeError("The bundle must be one function");
  const bundle = { exports: {} };
  const require = createRequire(join(directory, "use-node.js"));
  Reflect.apply(evaluate, undefined, [bundle.exports, bundle, require, appProcess(), requestConsole()]);
  return bundle.exports;
}

/** Where the client library looks for its syscalls. Every bundle uses the same, because the request tells the host. */
export function installConvexGlobal(): void {
  const { syscall, asyncSyscall, jsSyscall } = requestEngine;
  Object.defineProperty(globalThis, "Convex", {
    value: { syscall, asyncSyscall, jsSyscall },
    configurable: true,
  });
}

/** Node's `process` but for `env`. */
function appProcess(): unknown {
  const env = new Proxy<Record<string, string>>(
    {},
    {
      get: (_target, name) => (typeof name === "string" ? requestEngine.environment(name) : undefined),
      has: (_target, name) => typeof name === "string" && requestEngine.environment(name) !== undefined,
      ownKeys: () => requestEngine.environmentNames().filter((name) => requestEngine.environment(name) !== undefined),
      getOwnPropertyDescriptor: (_target, name) => {
        const value = typeof name === "string" ? requestEngine.environment(name) : undefined;
        return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
      },
    },
  );
  return Object.create(process, { env: { value: env } });
}

function requestConsole(): unknown {
  const own = Object.fromEntries(
    (["debug", "info", "log", "warn", "error"] as const).map((method) => [
      method,
      (...parts: unknown[]) => requestEngine.log(method.toUpperCase(), parts),
    ]),
  );
  return Object.assign(Object.create(console), own);
}
