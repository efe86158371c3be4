import { DeveloperError } from "../errors.ts";
import type { SchemaJson } from "../types.ts";
import { MAX_IDENTIFIER_LENGTH, MAX_INDEXES_PER_TABLE, MAX_INDEX_FIELDS, MAX_FILTER_FIELDS } from "../values/limits.ts";

type TableSchema = SchemaJson["tables"][number];

const IDENTIFIER = /^[a-zA-Z][a-zA-Z0-9_]*$/u;

/** Letters, digits and underscores, a letter first. */
export function isIdentifier(name: string): boolean {
  return name.length <= MAX_IDENTIFIER_LENGTH && IDENTIFIER.test(name);
}

export function invalidTableName(name: string): string {
  return `Invalid table name: "${name}". Identifiers must start with a letter and can only contain letters, digits, and underscores.`;
}

/** Throws a `DeveloperError` with production's message when a schema breaks the rules of names, fields and counts. */
export function checkSchema(schema: SchemaJson): void {
  for (const table of schema.tables) {
    if (table.tableName.startsWith("_")) throw new DeveloperError(`${table.tableName} is a reserved table name.`);
    if (!isIdentifier(table.tableName)) throw new DeveloperError(invalidTableName(table.tableName));
    checkIndexNames(table);
    for (const index of table.indexes) checkIndexFields(table.tableName, index);
    checkUnique(table);
    for (const index of table.searchIndexes) checkFilterFields(index.filterFields);
  }
}

function checkIndexNames({ tableName, indexes, searchIndexes, vectorIndexes }: TableSchema): void {
  const names = [...indexes, ...searchIndexes, ...vectorIndexes].map((index) => index.indexDescriptor);
  if (names.length > MAX_INDEXES_PER_TABLE) {
    throw new DeveloperError(`Table "${tableName}" cannot have more than ${MAX_INDEXES_PER_TABLE} indexes.`);
  }
  for (const [i, name] of names.entries()) {
    if (name.startsWith("_") || name === "by_id" || name === "by_creation_time") {
      throw new DeveloperError(
        `In table "${tableName}" cannot name an index "${name}" because the name is reserved. Indexes may not start with an underscore or be named "by_id" or "by_creation_time".`,
      );
    }
    if (!isIdentifier(name)) {
      throw new DeveloperError(
        `Invalid index name: "${name}". Identifiers must be ${MAX_IDENTIFIER_LENGTH} characters or less, start with a letter, and only contain letters, digits, underscores.`,
      );
    }
    if (names.indexOf(name) !== i) {
      throw new DeveloperError(`Table "${tableName}" has two or more definitions of index "${name}".`);
    }
  }
}

function checkIndexFields(tableName: string, { indexDescriptor, fields }: TableSchema["indexes"][number]): void {
  if (fields.length === 0) {
    throw new DeveloperError(`In table "${tableName}" index "${indexDescriptor}" must have at least one field.`);
  }
  if (fields.length > MAX_INDEX_FIELDS) throw new DeveloperError(`Indexes may have up to ${MAX_INDEX_FIELDS} fields.`);
  for (const [i, field] of fields.entries()) {
    checkIndexField(indexDescriptor, field);
    if (fields.indexOf(field) !== i) {
      throw new DeveloperError(`Duplicate field "${field}". Index fields must be unique within an index.`);
    }
  }
}

function checkIndexField(indexDescriptor: string, field: string): void {
  if (field === "_id") {
    throw new DeveloperError("`_id` is not a valid index field. To load documents by ID, use `db.get(id)`.");
  }
  if (field === "_creationTime") {
    throw new DeveloperError(
      "`_creationTime` is automatically added to the end of each index. It should not be added explicitly in the index definition. See https://docs.convex.dev/using/indexes for more details.",
    );
  }
  if (field.startsWith("_")) {
    throw new DeveloperError("Reserved fields (starting with `_`) are not allowed in indexes.");
  }
  if (!field.split(".").every((name) => /^[a-zA-Z_][a-zA-Z0-9_]*$/u.test(name))) {
    throw new DeveloperError(`In index "${indexDescriptor}": Invalid index field: "${field}"`);
  }
}

function checkUnique({ tableName, indexes, searchIndexes }: TableSchema): void {
  const seen = new Map<string, string>();
  for (const { indexDescriptor, fields } of indexes) {
    const same = seen.get(fields.join());
    if (same !== undefined) {
      throw new DeveloperError(
        `In table "${tableName}" index "${same}" and index "${indexDescriptor}" have the same fields. Indexes must be unique within a table.`,
      );
    }
    seen.set(fields.join(), indexDescriptor);
  }
  const searched = new Map<string, string>();
  for (const { indexDescriptor, searchField } of searchIndexes) {
    const same = searched.get(searchField);
    if (same !== undefined) {
      throw new DeveloperError(
        `In table "${tableName}" search index "${same}" and search index "${indexDescriptor}" have the same \`searchField\`. Search index fields must be unique within a table.`,
      );
    }
    searched.set(searchField, indexDescriptor);
  }
}

function checkFilterFields(fields: readonly string[]): void {
  if (fields.length > MAX_FILTER_FIELDS) {
    throw new DeveloperError(`Search indexes may have up to ${MAX_FILTER_FIELDS} filter fields.`);
  }
  for (const [i, field] of fields.entries()) {
    if (fields.indexOf(field) !== i) {
      throw new DeveloperError(`Duplicate field "${field}". Index fields must be unique within an index.`);
    }
  }
}
