import { DeveloperError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";

/** The arguments of one operation, as they come over the boundary. */
export function parseOperationArgs(argsJson: string): JsonObject {
  const parsed: Json = JSON.parse(argsJson);
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed)) {
    throw new DeveloperError("Expected the arguments of an operation to be an object.");
  }
  return parsed;
}

export function requireString(args: JsonObject, field: string): string {
  const value = args[field];
  if (typeof value !== "string") throw new DeveloperError(`Expected \`${field}\` to be a string.`);
  return value;
}

export function requireNumber(args: JsonObject, field: string): number {
  const value = args[field];
  if (typeof value !== "number") throw new DeveloperError(`Expected \`${field}\` to be a number.`);
  return value;
}

export function requireField(args: JsonObject, field: string): Json {
  const value = args[field];
  if (value === undefined) throw new DeveloperError(`Expected \`${field}\`.`);
  return value;
}

/** Operations by name. A plain object would also answer to `constructor`. */
export function tableOf<Operation>(operations: Readonly<Record<string, Operation>>): ReadonlyMap<string, Operation> {
  return new Map(Object.entries(operations));
}

export function unsupported(operation: string): DeveloperError {
  return new DeveloperError(`${operation} is not supported by the local engine yet`);
}
