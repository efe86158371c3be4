import { createHash } from "node:crypto";
import type { JsonObject } from "../types.ts";
import { type Value, encodeKey } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";

/** A value as search and vector indexes filter by it: the same short text for equal values, whatever their size. */
export function filterValue(value: Value): string {
  return createHash("sha256")
    .update(encodeKey([value]))
    .digest("base64url")
    .slice(0, 22);
}

/** What a document has in each of an index's filter fields, missing ones included. */
export function filterValuesOf(fields: readonly string[], document: JsonObject): Map<string, string> {
  return new Map(fields.map((field) => [field, filterValue(fieldAt(document, field))]));
}

/** The term that says "this field has this value". It begins as no term of a text does. */
export function filterTerm(field: string, value: string): string {
  return `:${field}:${value}`;
}
