import type { Json, JsonObject } from "./types.ts";

/** The value if it is an object; null if it is anything else, an array included, or nothing at all. */
export function asObject(value: Json | undefined): JsonObject | null {
  return value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
}
