import type { Json } from "../types.ts";
import { UNDEFINED, type Value, compareValues } from "./encoding.ts";

/** What stands at a dotted path; `UNDEFINED` when any part of it is missing, or is no object. */
export function fieldAt(document: Json, path: string): Value {
  if (!path.includes(".")) return step(document, path);
  let value: Value = document;
  for (const name of path.split(".")) {
    if (value === UNDEFINED) return UNDEFINED;
    value = step(value, name);
  }
  return value;
}

/** Whether two documents have equal values, or none, at all of the paths. */
export function agreeOn(paths: readonly string[], a: Json, b: Json): boolean {
  return paths.every((path) => compareValues(fieldAt(a, path), fieldAt(b, path)) === 0);
}

function step(value: Json, name: string): Value {
  if (value === null || typeof value !== "object" || Array.isArray(value) || !Object.hasOwn(value, name))
    return UNDEFINED;
  return value[name] ?? null;
}
