import type { TableSchemaJson } from "../types.ts";

type Spec =
  | { kind: "ordered"; fields: readonly string[] }
  | { kind: "search"; searchField: string; filterFields: readonly string[] }
  | { kind: "vector"; vectorField: string; dimensions: number; filterFields: readonly string[] };

/** What an index is made of, as the file keeps it. A staged one is the same index, only that nobody may query it yet. */
export type Definition = Spec & { staged: boolean };

/** The indexes that a schema declares for a table, of all kinds, each filter field once. */
export function declaredIndexes(schema: TableSchemaJson): (Definition & { name: string })[] {
  const { indexes, searchIndexes, vectorIndexes } = schema;
  const { stagedDbIndexes = [], stagedSearchIndexes = [], stagedVectorIndexes = [] } = schema;
  return [
    ...indexesOf({ indexes, searchIndexes, vectorIndexes }, false),
    ...indexesOf(
      { indexes: stagedDbIndexes, searchIndexes: stagedSearchIndexes, vectorIndexes: stagedVectorIndexes },
      true,
    ),
  ];
}

/** The definitions of these indexes, by name: ordered ones end with the fields that make every key unique. */
export function definitionsOf(schema: TableSchemaJson): Map<string, Definition> {
  return new Map(
    declaredIndexes(schema).map(({ name, ...index }) => [
      name,
      index.kind === "ordered" ? { ...index, fields: [...index.fields, "_creationTime", "_id"] } : index,
    ]),
  );
}

/** The text under which the file keeps a definition; equal definitions have equal text. */
export function definitionText(definition: Definition): string {
  const { kind: _, staged, ...rest } = definition;
  return JSON.stringify(staged ? { ...rest, staged } : rest);
}

export function parseDefinition(kind: string, text: string): Definition {
  if (kind === "ordered") {
    const parsed: Kept<"ordered"> = JSON.parse(text);
    return { kind, staged: false, ...parsed };
  }
  if (kind === "search") {
    const parsed: Kept<"search"> = JSON.parse(text);
    return { kind, staged: false, ...parsed };
  }
  if (kind !== "vector") throw new Error(`unknown kind of index: ${kind}`);
  const parsed: Kept<"vector"> = JSON.parse(text);
  return { kind, staged: false, ...parsed };
}

/** True when one can become the other without being built anew. */
export function isSameIndex(a: Definition, b: Definition): boolean {
  return a.kind === b.kind && definitionText({ ...a, staged: false }) === definitionText({ ...b, staged: false });
}

type Kept<K extends Spec["kind"]> = Omit<Spec & { kind: K }, "kind"> & { staged?: true };

type Declared = Pick<TableSchemaJson, "indexes" | "searchIndexes" | "vectorIndexes">;

function indexesOf({ indexes, searchIndexes, vectorIndexes }: Declared, staged: boolean) {
  const declared: (Definition & { name: string })[] = [];
  for (const { indexDescriptor: name, fields } of indexes) declared.push({ name, kind: "ordered", fields, staged });
  for (const { indexDescriptor: name, searchField, filterFields } of searchIndexes) {
    declared.push({ name, kind: "search", searchField, filterFields: inOrder(filterFields), staged });
  }
  for (const { indexDescriptor: name, vectorField, dimensions, filterFields } of vectorIndexes) {
    declared.push({ name, kind: "vector", vectorField, dimensions, filterFields: inOrder(filterFields), staged });
  }
  return declared;
}

function inOrder(fields: readonly string[]): string[] {
  return [...new Set(fields)].sort();
}
