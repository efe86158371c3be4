import { DeveloperError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";
import {
  MAX_ARRAY_LENGTH,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENT_NESTING,
  MAX_FIELD_NAME_LENGTH,
  MAX_OBJECT_FIELDS,
} from "./limits.ts";
import { sizeOf } from "./size.ts";
import { unwrap } from "./wrapped.ts";

/** Reads a stored document: what the store wrote needs no check. */
export function parseDocument(json: string): JsonObject {
  const document: JsonObject = JSON.parse(json);
  return document;
}

/**
 * The document with its fields in the order in which production keeps and prints them; the same object when they already are.
 * Nested objects arrive sorted: the client library sorts what it sends.
 */
export function sortFields(document: JsonObject): JsonObject {
  const names = Object.keys(document);
  const sorted = names.toSorted();
  if (sorted.every((name, i) => name === names[i])) return document;
  return Object.fromEntries(sorted.map((name) => [name, document[name] ?? null]));
}

/** Throws a `DeveloperError` unless the document may be stored; gives its size in bytes. */
export function checkDocument(document: JsonObject): number {
  for (const name of Object.keys(document)) {
    if (name.startsWith("_") && name !== "_id" && name !== "_creationTime") {
      throw new DeveloperError(
        `Field '${name}' starts with an underscore, which is only allowed for system fields like '_id'`,
      );
    }
  }
  const nesting = checkValue(document);
  if (nesting > MAX_DOCUMENT_NESTING) {
    throw new DeveloperError(
      `Document is too nested (nested ${nesting} levels deep > maximum nesting ${MAX_DOCUMENT_NESTING})`,
    );
  }
  const size = sizeOf(document);
  if (size > MAX_DOCUMENT_BYTES) {
    throw new DeveloperError(
      `Value is too large (${displayBytes(size)} > maximum size ${displayBytes(MAX_DOCUMENT_BYTES)})`,
    );
  }
  return size;
}

/** Checks what holds for every value and gives the levels of arrays and objects in it. */
function checkValue(value: Json): number {
  if (typeof value === "string") checkText(value);
  if (value === null || typeof value !== "object") return 0;
  return Array.isArray(value) ? checkArray(value) : checkObject(value);
}

/** Half a surrogate pair has no UTF-8, hence no place in an index: production refuses it too. */
function checkText(text: string): void {
  if (!text.isWellFormed()) throw new DeveloperError(`${JSON.stringify(text)} is not valid Unicode text`);
}

function checkArray(array: Json[]): number {
  if (array.length > MAX_ARRAY_LENGTH) {
    throw new DeveloperError(`Array length is too long (${array.length} > maximum length ${MAX_ARRAY_LENGTH})`);
  }
  let deepest = 0;
  for (const element of array) deepest = Math.max(deepest, checkValue(element));
  return deepest + 1;
}

function checkObject(object: JsonObject): number {
  const wrapped = unwrap(object).type;
  if (wrapped === "undefined") throw new DeveloperError("undefined is not a valid Convex value");
  if (wrapped !== "object") return 0;
  const names = Object.keys(object);
  if (names.length > MAX_OBJECT_FIELDS) {
    throw new DeveloperError(`Object has too many fields (${names.length} > maximum number ${MAX_OBJECT_FIELDS})`);
  }
  let deepest = 0;
  for (const name of names) {
    checkFieldName(name);
    deepest = Math.max(deepest, checkValue(object[name] ?? null));
  }
  return deepest + 1;
}

function checkFieldName(name: string): void {
  if (name.length > MAX_FIELD_NAME_LENGTH) {
    throw new DeveloperError(`Field name ${name} exceeds maximum field name length ${MAX_FIELD_NAME_LENGTH}.`);
  }
  if (name.startsWith("$")) throw new DeveloperError(`Field name ${name} starts with a '$', which is reserved.`);
  const invalid = /[^\x20-\x7e]/u.exec(name);
  if (invalid !== null) {
    throw new DeveloperError(
      `Field name ${name} has invalid character '${invalid[0]}': Field names can only contain non-control ASCII characters`,
    );
  }
}

function displayBytes(bytes: number): string {
  return `${Number((bytes / 1024 / 1024).toFixed(2))} MiB`;
}
