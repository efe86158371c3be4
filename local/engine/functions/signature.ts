import { DeveloperError } from "../errors.ts";
import type { FunctionKind, FunctionMeta, FunctionPath, Json } from "../types.ts";
import { displayBytes } from "../values/display.ts";
import { mayBreakValueRules } from "../values/json-scan.ts";
import { MAX_ARGUMENTS_BYTES, MAX_NODE_ARGUMENTS_BYTES, MAX_RESULT_BYTES } from "../values/limits.ts";
import { sizeOf } from "../values/size.ts";
import { type TableNameOf, validate, ValidationError } from "../values/validators.ts";
import { checkValue, InvalidValueError } from "../values/value-rules.ts";
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

/** A function's side of a call: what its arguments and its result must be. */
export type Contract = { path: FunctionPath; meta: FunctionMeta; tableNameOf: TableNameOf };

/**
 * Before anything walks the arguments: what comes from a client may be nested deeper than a stack holds. Gives their size in bytes, in
 * the list that holds them.
 */
export function checkArguments({ path, meta, tableNameOf }: Contract, args: Json): number {
  checkShape([args], `Invalid arguments for ${storedPath(path)}`);
  const size = sizeOf([args]);
  if (size > MAX_ARGUMENTS_BYTES) {
    throw new DeveloperError(`Arguments for ${storedPath(path)} are too large (${sizes(size, MAX_ARGUMENTS_BYTES)})`);
  }
  if (meta.node && size > MAX_NODE_ARGUMENTS_BYTES) {
    const limit = displayBytes(MAX_NODE_ARGUMENTS_BYTES);
    throw new DeveloperError(`Node actions arguments size is too large. The maximum allowed size is ${limit}.`);
  }
  check("ArgumentValidationError", () => validate(meta.args, args, tableNameOf));
  return size;
}

/** `value` is the JSON text of what the function returned; it is parsed only when something must be seen inside. */
export function checkReturn({ path, meta, tableNameOf }: Contract, value: string): void {
  const declared = meta.returns === null || meta.returns["type"] === "any" ? null : meta.returns;
  const isSuspect = mayBreakValueRules(value);
  if (declared === null && !isSuspect) return;
  const result: Json = JSON.parse(value);
  if (isSuspect) checkResult(path, result);
  if (declared !== null) check("ReturnsValidationError", () => validate(declared, result, tableNameOf));
}

function checkResult(path: FunctionPath, result: Json): void {
  const stored = storedPath(path);
  checkShape(result, `Function ${stored} return value invalid`);
  const size = sizeOf(result);
  if (size > MAX_RESULT_BYTES) {
    throw new DeveloperError(`Function ${stored} return value is too large (${sizes(size, MAX_RESULT_BYTES)})`);
  }
}

function checkShape(value: Json, what: string): void {
  try {
    checkValue(value);
  } catch (error) {
    if (error instanceof InvalidValueError) throw new DeveloperError(`${what}: ${error.message}`);
    throw error;
  }
}

function sizes(actual: number, limit: number): string {
  return `actual: ${displayBytes(actual)}, limit: ${displayBytes(limit)}`;
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
