import type { Json, JsonObject } from "../types.ts";
import { unwrap, wrapInt64 } from "../values/wrapped.ts";

/** True when a document's text may hold `{"$commitTs": null}`; a text that merely speaks of it costs a look, no more. */
export function hasPlaceholder(json: string): boolean {
  return json.includes('"$commitTs"');
}

/** The document with every unresolved commit timestamp replaced by the timestamp as an int64. */
export function resolvePlaceholders(document: JsonObject, timestamp: bigint): JsonObject {
  const resolved = wrapInt64(timestamp);
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, resolve(value, resolved)]));
}

function resolve(value: Json, resolved: JsonObject): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((element) => resolve(element, resolved));
  const { type } = unwrap(value);
  if (type === "commitTs") return resolved;
  if (type !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, resolve(field, resolved)]));
}
