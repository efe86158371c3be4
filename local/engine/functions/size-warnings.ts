import type { Json } from "../types.ts";
import { mayBeNearResultLimit } from "../values/json-scan.ts";
import { MAX_ARGUMENTS_BYTES, MAX_RESULT_BYTES } from "../values/limits.ts";
import { nearLimit } from "../values/near-limits.ts";
import { sizeOf } from "../values/size.ts";

/** How production calls what was called: a query or mutation is a function to it. */
type Called = "function" | "action";

/** What production logs of arguments near their limit; `actual` is their size in bytes. */
export function argumentWarnings(called: Called, actual: number): string[] {
  return nearLimit(`Large size of the ${called} arguments`, { actual, limit: MAX_ARGUMENTS_BYTES, unit: " bytes" });
}

/** The same of a result, as JSON text; null where there is none. */
export function resultWarnings(called: Called, result: string | null): string[] {
  if (result === null || !mayBeNearResultLimit(result)) return [];
  const value: Json = JSON.parse(result);
  const amount = { actual: sizeOf(value), limit: MAX_RESULT_BYTES, unit: " bytes" };
  return nearLimit(`Large size of the ${called} return value`, amount);
}
