import type { SchemaJson } from "../types.ts";

/** What an index is made of, as the file keeps it. */
export type Definition =
  | { kind: "ordered"; fields: readonly string[] }
  | { kind: "search"; searchField: string; filterFields: readonly string[] }
  | { kind: "vector"; vectorField: string; dimensions: number; filterFields: readonly string[] };

type TableSchema = SchemaJson["tables"][number];

/** The indexes that a schema declares for a table, by name. */
export function definitionsOf(schema: TableSchema): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const { indexDescriptor, fields } of schema.indexes) {
    definitions.set(indexDescriptor, { kind: "ordered", fields: [...fields, "_creationTime", "_id"] });
  }
  for (const { indexDescriptor, searchField, filterFields } of schema.searchIndexes) {
    definitions.set(indexDescriptor, { kind: "search", searchField, filterFields: filterFields.toSorted() });
  }
  for (const { indexDescriptor, vectorField, dimensions, filterFields } of schema.vectorIndexes) {
    definitions.set(indexDescriptor, { kind: "vector", vectorField, dimensions, filterFields });
  }
  return definitions;
}

/** The text under which the file keeps a definition; equal definitions have equal text. */
export function definitionText(definition: Definition): string {
  const { kind: _, ...rest } = definition;
  return JSON.stringify(rest);
}

export function parseDefinition(kind: string, text: string): Definition {
  if (kind === "ordered") {
    const parsed: Omit<Definition & { kind: "ordered" }, "kind"> = JSON.parse(text);
    return { kind, ...parsed };
  }
  if (kind === "search") {
    const parsed: Omit<Definition & { kind: "search" }, "kind"> = JSON.parse(text);
    return { kind, ...parsed };
  }
  if (kind !== "vector") throw new Error(`unknown kind of index: ${kind}`);
  const parsed: Omit<Definition & { kind: "vector" }, "kind"> = JSON.parse(text);
  return { kind, ...parsed };
}
