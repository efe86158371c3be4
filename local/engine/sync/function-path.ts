import type { FunctionPath } from "../types.ts";

/** `messages.js:list` and `messages:list` name one function; a path without a name means the default export. */
export function canonicalFunctionPath(path: string): FunctionPath {
  const colon = path.lastIndexOf(":");
  const moduleName = colon === -1 ? path : path.slice(0, colon);
  const name = colon === -1 ? "default" : path.slice(colon + 1);
  return `${moduleName.endsWith(".js") ? moduleName.slice(0, -".js".length) : moduleName}:${name}`;
}
