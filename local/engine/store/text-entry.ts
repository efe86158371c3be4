import type { JsonObject, TextEntry } from "../types.ts";
import { fieldAt } from "../values/fields.ts";
import type { SearchIndex } from "./catalog.ts";
import { filterValuesOf } from "./filter-values.ts";
import { tokenize } from "./tokens.ts";

/** What a text index keeps of a document; without a text it has no terms. */
export function textEntryOf(index: SearchIndex, document: JsonObject): TextEntry {
  const text = fieldAt(document, index.searchField);
  const terms = new Map<string, number>();
  const tokens = typeof text === "string" ? tokenize(text) : [];
  for (const token of tokens) terms.set(token, (terms.get(token) ?? 0) + 1);
  return { terms, length: tokens.length, filters: filterValuesOf(index.filterFields, document) };
}
