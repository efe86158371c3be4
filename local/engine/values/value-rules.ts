import { DeveloperError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";
import { MAX_ARRAY_LENGTH, MAX_FIELD_NAME_LENGTH, MAX_OBJECT_FIELDS, MAX_VALUE_NESTING } from "./limits.ts";
import { unwrap } from "./wrapped.ts";

/** A value that Convex does not have; whoever checks says of what it was the value. */
export class InvalidValueError extends DeveloperError {}

/**
 * Throws an `InvalidValueError`, with production's message, unless this is a value of Convex's. Gives the levels of arrays and
 * objects in it: a scalar has none. Never goes deeper than the limit, however deep the value is.
 */
export function checkValue(value: Json): number {
  return levelsOf(value, MAX_VALUE_NESTING);
}

function levelsOf(value: Json, allowed: number): number {
  if (typeof value === "string") checkText(value);
  if (typeof value === "number") checkNumber(value);
  if (value === null || typeof value !== "object") return 0;
  return Array.isArray(value) ? levelsOfArray(value, allowed) : levelsOfObject(value, allowed);
}

/** Half a surrogate pair has no UTF-8, hence no place in an index: production refuses it too. */
function checkText(text: string): void {
  if (!text.isWellFormed()) throw new InvalidValueError(`${JSON.stringify(text)} is not valid Unicode text`);
}

/** JSON text may hold a number that no float64 can: it reads as infinite, and would be written as `null`. */
function checkNumber(number: number): void {
  if (!Number.isFinite(number)) throw new InvalidValueError("number out of range");
}

function levelsOfArray(array: Json[], allowed: number): number {
  if (allowed === 0) throw tooNested();
  if (array.length > MAX_ARRAY_LENGTH) {
    throw new InvalidValueError(`Array length is too long (${array.length} > maximum length ${MAX_ARRAY_LENGTH})`);
  }
  let deepest = 0;
  for (const element of array) deepest = Math.max(deepest, levelsOf(element, allowed - 1));
  return deepest + 1;
}

function levelsOfObject(object: JsonObject, allowed: number): number {
  const wrapped = unwrap(object).type;
  if (wrapped === "undefined") throw new InvalidValueError("undefined is not a valid Convex value");
  if (wrapped !== "object") return 0;
  if (allowed === 0) throw tooNested();
  const names = Object.keys(object);
  if (names.length > MAX_OBJECT_FIELDS) {
    throw new InvalidValueError(`Object has too many fields (${names.length} > maximum number ${MAX_OBJECT_FIELDS})`);
  }
  let deepest = 0;
  for (const name of names) {
    checkFieldName(name);
    deepest = Math.max(deepest, levelsOf(object[name] ?? null, allowed - 1));
  }
  return deepest + 1;
}

/** Production builds values from their leaves: the first level that is one too many is always the one after the limit. */
function tooNested(): InvalidValueError {
  return new InvalidValueError(
    `Value is too nested (nested ${MAX_VALUE_NESTING + 1} levels deep > maximum nesting ${MAX_VALUE_NESTING})`,
  );
}

function checkFieldName(name: string): void {
  if (name.length > MAX_FIELD_NAME_LENGTH) {
    throw new InvalidValueError(`Field name ${name} exceeds maximum field name length ${MAX_FIELD_NAME_LENGTH}.`);
  }
  if (name.startsWith("$")) throw new InvalidValueError(`Field name ${name} starts with a '$', which is reserved.`);
  const invalid = /[^\x20-\x7e]/u.exec(name);
  if (invalid !== null) {
    throw new InvalidValueError(
      `Field name ${name} has invalid character '${invalid[0]}': Field names can only contain non-control ASCII characters`,
    );
  }
}
