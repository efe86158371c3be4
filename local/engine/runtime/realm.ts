import { readFileSync } from "node:fs";
import { constants, createContext, Script, type Context } from "node:vm";
import { removedGlobals, sharedGlobals } from "./web-globals.ts";

const common = bootScript("common");

/** What common.cjs needs of the host. */
export type RealmEngine = {
  environment(name: string): string | undefined;
  /** None when left out. */
  environmentNames?(): readonly string[];
  log(level: string, parts: unknown[]): void;
};

/**
 * Makes a realm: V8's own globals without the few that Convex lacks, the shared web globals, a console and
 * `process.env`. No `require`, no Node global, no code from strings. Gives the context and what common.cjs hands out.
 */
export function createRealm(engine: RealmEngine, microtasks: "own" | "shared"): { context: Context; kit: unknown } {
  const context = createContext(constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: true },
    ...(microtasks === "own" ? { microtaskMode: "afterEvaluate" as const } : {}),
  });
  for (const name of removedGlobals) Reflect.deleteProperty(context, name);
  for (const [name, value] of Object.entries(sharedGlobals)) addGlobal(context, name, value);
  return { context, kit: evaluate(common, context, [engine, structuredClone]) };
}

export function addGlobal(context: Context, name: string, value: unknown): void {
  Object.defineProperty(context, name, {
    value,
    enumerable: false,
    configurable: true,
    writable: true,
  });
}

/** Runs a script whose value is a function, and calls that function. */
export function evaluate(script: Script, context: Context, args: readonly unknown[]): unknown {
  const prepare: unknown = script.runInContext(context);
  if (typeof prepare !== "function") throw new TypeError("A realm's script must be one function");
  return Reflect.apply(prepare, undefined, args);
}

/** A script of boot/, which exports one function: plain JavaScript, because it runs on the other side of the boundary. */
export function bootScript(name: "common" | "function" | "action"): Script {
  const source = readFileSync(new URL(`./boot/${name}.cjs`, import.meta.url), "utf8");
  const expression = `(function (module) {"use strict";${source}\nreturn module.exports;})({})`;
  return new Script(expression, { filename: `engine:${name}.cjs` });
}
