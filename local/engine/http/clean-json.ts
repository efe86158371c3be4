/** Values for people who call the API without Convex's library: plain JSON, at the price of telling types apart. */
import type { Json, JsonObject } from "../types.ts";

/** Int64 becomes a decimal string, bytes base64, NaN and infinities their names; everything else stays. */
export function toCleanJson(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(toCleanJson);
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first && typeof first[1] === "string" && first[0].startsWith("$")) {
    return cleanWrapped(first[0], first[1]) ?? value;
  }
  return cleanObject(entries);
}

function cleanObject(entries: [string, Json][]): JsonObject {
  return Object.fromEntries(entries.map(([key, inner]) => [key, toCleanJson(inner)]));
}

function cleanWrapped(tag: string, base64: string): Json | undefined {
  if (tag === "$bytes") return base64;
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== 8) return undefined;
  if (tag === "$integer") return bytes.readBigInt64LE().toString();
  if (tag !== "$float") return undefined;
  const float = bytes.readDoubleLE();
  return Number.isFinite(float) ? float : String(float);
}
