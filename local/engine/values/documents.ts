import { DeveloperError } from "../errors.ts";
import type { JsonObject } from "../types.ts";
import { displayBytes } from "./display.ts";
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_NESTING } from "./limits.ts";
import { sizeOf } from "./size.ts";
import { checkValue } from "./value-rules.ts";

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

/** What of a document has a limit: its size in bytes, and its levels of arrays and objects, itself included. */
export type Extent = { size: number; nesting: number };

/**
 * Throws unless the document may be stored: an `InvalidValueError` for what is no value at all, else a `DeveloperError`. Gives what
 * it measured.
 */
export function checkDocument(document: JsonObject): Extent {
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
  return { size, nesting };
}
