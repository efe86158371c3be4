import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { DeveloperError } from "../errors.ts";
import { hasUseNode } from "./use-node.ts";

/** One file that may define functions; `path` is how Convex calls it, e.g. `inbox/messages`. */
export type AppModule = { path: string; file: string };

/** The modules of one component, each list ordered by path. */
export type AppModules = { isolate: AppModule[]; node: AppModule[] };

const EXTENSIONS = new Set([".js", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".jsx"]);
const DEFAULT_RUNTIME_ONLY = new Set(["http", "crons"]);

/**
 * Finds what Convex would deploy of a directory: not `_generated`, the schema, files with more than one dot (tests,
 * configs), hidden files, names with a space, nor directories that are components of their own.
 */
export function discoverModules(directory: string): AppModules {
  const modules: AppModules = { isolate: [], node: [] };
  for (const file of listFiles(directory)) {
    const name = relative(directory, file).split(sep).join("/");
    if (!definesFunctions(name, file)) continue;
    const path = name.slice(0, -extname(name).length);
    modules[runtimeOf(path, file)].push({ path, file });
  }
  return modules;
}

/** `schema.ts`, `auth.config.ts` or `convex.config.ts` of a directory, or its `.js` twin; null when there is none. */
export function findSpecialFile(directory: string, name: "schema" | "auth.config" | "convex.config"): string | null {
  const candidates = [".ts", ".js"].map((extension) => join(directory, name + extension));
  return candidates.find((file) => existsSync(file)) ?? null;
}

function listFiles(directory: string): string[] {
  const files: string[] = [];
  // Order by UTF-16 units, whatever the locale: the bundle and the generated code must not depend on the machine.
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isFile()) files.push(path);
    else if (entry.isDirectory() && !existsSync(join(path, "convex.config.ts"))) files.push(...listFiles(path));
  }
  return files;
}

function definesFunctions(name: string, file: string): boolean {
  const base = name.slice(name.lastIndexOf("/") + 1);
  const extension = extname(name);
  if (!EXTENSIONS.has(extension) || name.startsWith("_generated/")) return false;
  if (base.startsWith(".") || base.startsWith("#") || name.includes(" ")) return false;
  if (base === "schema.ts" || base === "schema.js" || base.split(".").length > 2) return false;
  if (name.startsWith("_deps/")) {
    throw new DeveloperError(`${file}: "_deps" is reserved for dependencies. Move the file to another directory.`);
  }
  if (extension !== ".ts" && extension !== ".tsx") return true;
  // TypeScript calls a file without either a script, not a module.
  return /^\s{0,100}(import|export)/m.test(readFileSync(file, "utf8"));
}

function runtimeOf(path: string, file: string): keyof AppModules {
  const node = hasUseNode(readFileSync(file, "utf8"));
  if (node && DEFAULT_RUNTIME_ONLY.has(path)) {
    throw new DeveloperError(`${file}: "use node" directive is not allowed for ${path}. Remove it.`);
  }
  if (!node && path.startsWith("actions/")) {
    throw new DeveloperError(
      `${file} is in the actions/ directory but has no "use node". Add the directive, or move it.`,
    );
  }
  return node ? "node" : "isolate";
}
