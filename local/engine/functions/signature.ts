import { DeveloperError } from "../errors.ts";
import type { FunctionKind, FunctionMeta, Json } from "../types.ts";
import { MAX_VALUE_NESTING } from "../values/limits.ts";
import { validate, ValidationError } from "../values/validators.ts";
import { missingFunction, storedPath, type Target } from "./addresses.ts";

/**
 * The function behind a target. A public caller learns nothing of internal functions: they answer like missing ones.
 * `kind` is left out when any kind will do.
 */
export function requireFunction(target: Target, want: { kind?: FunctionKind; publicOnly: boolean }): FunctionMeta {
  const meta = target.component.functions.get(target.path);
  if (meta === undefined || (want.publicOnly && meta.visibility !== "public")) {
    throw new DeveloperError(missingFunction(target, want.publicOnly));
  }
  if (want.kind !== undefined && meta.kind !== want.kind) {
    const path = storedPath(target.path);
    throw new DeveloperError(
      `Trying to execute ${path} as ${capitalize(want.kind)}, but it is defined as ${capitalize(meta.kind)}.`,
    );
  }
  return meta;
}

export function checkArguments(meta: FunctionMeta, args: Json, tableNameOf: (id: string) => string | null): void {
  checkNesting(args);
  check("ArgumentValidationError", () => validate(meta.args, args, tableNameOf));
}

/** Before anything walks the arguments: what comes from a client may be nested deeper than a stack holds. */
function checkNesting(value: Json, level = 0): void {
  if (value === null || typeof value !== "object") return;
  if (level === MAX_VALUE_NESTING) {
    throw new DeveloperError(`Value is too nested (maximum nesting ${MAX_VALUE_NESTING})`);
  }
  for (const inner of Object.values(value)) checkNesting(inner, level + 1);
}

/** `value` is the JSON text of what the function returned. */
export function checkReturn(meta: FunctionMeta, value: string, tableNameOf: (id: string) => string | null): void {
  const { returns } = meta;
  if (returns === null || returns.type === "any") return;
  check("ReturnsValidationError", () => validate(returns, JSON.parse(value), tableNameOf));
}

function check(kind: "ArgumentValidationError" | "ReturnsValidationError", body: () => void): void {
  try {
    body();
  } catch (error) {
    if (error instanceof ValidationError) throw new DeveloperError(`${kind}: ${error.message}`);
    throw error;
  }
}

function capitalize(kind: FunctionKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
