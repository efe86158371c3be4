import { DeveloperError } from "../errors.ts";
import type { SchemaJson, TableSchemaJson } from "../types.ts";
import { canContainField, canContainVector, checkDocumentType } from "../values/document-types.ts";
import { identifierProblem, isIdentifier } from "../values/identifiers.ts";
import {
  MAX_FILTER_FIELDS,
  MAX_IDENTIFIER_LENGTH,
  MAX_INDEXES_PER_TABLE,
  MAX_INDEX_FIELDS,
  MAX_VECTOR_DIMENSIONS,
  MIN_VECTOR_DIMENSIONS,
} from "../values/limits.ts";
import { parseValidator } from "../values/validator-json.ts";
import { declaredIndexes } from "./definitions.ts";

type Index = ReturnType<typeof declaredIndexes>[number];

export function invalidTableName(name: string): string {
  return `Invalid table name: "${name}". Identifiers must start with a letter and can only contain letters, digits, and underscores.`;
}

/**
 * Throws a `DeveloperError` with production's message when a schema breaks the rules of names, fields, counts and types. Staged indexes
 * keep the same rules, together with the others.
 */
export function checkSchema(schema: SchemaJson): void {
  for (const table of schema.tables) checkTable(table);
  if (!schema.schemaValidation) return;
  for (const table of schema.tables) checkReferences(table);
}

function checkTable(table: TableSchemaJson): void {
  const { tableName } = table;
  checkDocumentType(table.documentType);
  if (table.stagedDocumentType !== undefined) checkDocumentType(table.stagedDocumentType);
  if (tableName.startsWith("_")) throw new DeveloperError(`${tableName} is a reserved table name.`);
  if (!isIdentifier(tableName)) throw new DeveloperError(invalidTableName(tableName));
  const indexes = declaredIndexes(table);
  if (indexes.length > MAX_INDEXES_PER_TABLE) {
    throw new DeveloperError(`Table "${tableName}" cannot have more than ${MAX_INDEXES_PER_TABLE} indexes.`);
  }
  for (const index of indexes) checkIndex(tableName, index);
  checkIndexNames(tableName, indexes);
  checkUnique(tableName, indexes);
}

function checkIndex(tableName: string, index: Index): void {
  const problem = problemOf(index);
  if (problem !== null) throw new DeveloperError(`In table "${tableName}": ${problem}`);
  if (index.kind === "ordered" && index.fields.length === 0) {
    throw new DeveloperError(`In table "${tableName}" index "${index.name}" must have at least one field.`);
  }
}

function problemOf(index: Index): string | null {
  // That a name is reserved is said later, of names that could be one.
  if (identifierProblem(index.name) !== null) {
    return `Invalid index name: "${index.name}". Identifiers must be ${MAX_IDENTIFIER_LENGTH} characters or less, start with a letter, and only contain letters, digits, underscores.`;
  }
  const wrong = fieldsOf(index).find((field) => field.split(".").some((name) => identifierProblem(name) !== null));
  if (wrong !== undefined) return `In index "${index.name}": Invalid index field: "${wrong}"`;
  if (index.kind === "ordered") {
    const problem = problemOfFields(index.fields);
    return problem === null ? null : `In index "${index.name}": ${problem}`;
  }
  if (index.kind === "vector" && !isDimension(index.dimensions)) {
    return `Dimensions ${index.dimensions} must be between ${MIN_VECTOR_DIMENSIONS} and ${MAX_VECTOR_DIMENSIONS}.`;
  }
  return index.filterFields.length > MAX_FILTER_FIELDS
    ? `Search indexes may have up to ${MAX_FILTER_FIELDS} filter fields.`
    : null;
}

function problemOfFields(fields: readonly string[]): string | null {
  if (fields.length > MAX_INDEX_FIELDS) return `Indexes may have up to ${MAX_INDEX_FIELDS} fields.`;
  if (fields.includes("_id")) {
    return "`_id` is not a valid index field. To load documents by ID, use `db.get(id)`.";
  }
  if (fields.includes("_creationTime")) {
    return "`_creationTime` is automatically added to the end of each index. It should not be added explicitly in the index definition. See https://docs.convex.dev/using/indexes for more details.";
  }
  if (fields.some((field) => field.startsWith("_"))) {
    return "Reserved fields (starting with `_`) are not allowed in indexes.";
  }
  const twice = fields.find((field, i) => fields.indexOf(field) !== i);
  return twice === undefined ? null : `Duplicate field "${twice}". Index fields must be unique within an index.`;
}

function isDimension(dimensions: number): boolean {
  return Number.isInteger(dimensions) && dimensions >= MIN_VECTOR_DIMENSIONS && dimensions <= MAX_VECTOR_DIMENSIONS;
}

function checkIndexNames(tableName: string, indexes: readonly Index[]): void {
  const seen = new Set<string>();
  for (const { name } of indexes) {
    if (name.startsWith("_") || name === "by_id" || name === "by_creation_time") {
      throw new DeveloperError(
        `In table "${tableName}" cannot name an index "${name}" because the name is reserved. Indexes may not start with an underscore or be named "by_id" or "by_creation_time".`,
      );
    }
    if (seen.has(name)) {
      throw new DeveloperError(`Table "${tableName}" has two or more definitions of index "${name}".`);
    }
    seen.add(name);
  }
}

/** Two indexes of a kind that hold the same are one too many. */
function checkUnique(tableName: string, indexes: readonly Index[]): void {
  const seen = new Map<string, string>();
  for (const index of indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const content = JSON.stringify([index.kind, ...contentOf(index)]);
    const same = seen.get(content);
    if (same !== undefined) throw new DeveloperError(`In table "${tableName}" ${sameContent(index, same)}`);
    seen.set(content, index.name);
  }
}

function contentOf(index: Index): readonly (string | number)[] {
  if (index.kind === "ordered") return index.fields;
  return index.kind === "search" ? [index.searchField] : [index.vectorField, index.dimensions];
}

function sameContent({ kind, name }: Index, other: string): string {
  if (kind === "ordered") {
    return `index "${name}" and index "${other}" have the same fields. Indexes must be unique within a table.`;
  }
  return `${kind} index "${name}" and ${kind} index "${other}" have the same \`${kind}Field\`. ${kind === "search" ? "Search" : "Vector"} index fields must be unique within a table. You should combine the indexes with the same \`${kind}Field\` into one index containing all \`filterField\`s and then use different subsets of the \`filterField\`s at query time.`;
}

/** Where documents are checked, an index of what no document has is a mistake. */
function checkReferences(table: TableSchemaJson): void {
  const validator = parseValidator(table.documentType);
  for (const index of declaredIndexes(table)) {
    const missing = referencesOf(index).find((field) => !canContainField(validator, field.split(".")));
    if (missing !== undefined) {
      throw new DeveloperError(
        `In table "${table.tableName}" the index "${index.name}" is invalid because it references the field "${missing}" that does not exist.`,
      );
    }
    if (index.kind === "vector" && !canContainVector(validator, index.vectorField.split("."))) {
      throw new DeveloperError(
        `In table "${table.tableName}" the vector index "${index.name}" is invalid because it references the field "${index.vectorField}" that is neither an array of float64 or optional array of float64.`,
      );
    }
  }
}

/** What must be there, system fields apart. Production does not look at the filter fields of vector indexes. */
function referencesOf(index: Index): readonly string[] {
  const fields = index.kind === "vector" ? [index.vectorField] : fieldsOf(index);
  return fields.filter((field) => !field.startsWith("_"));
}

/** All that an index holds, its filter fields last. */
function fieldsOf(index: Index): readonly string[] {
  if (index.kind === "ordered") return index.fields;
  return [index.kind === "search" ? index.searchField : index.vectorField, ...index.filterFields];
}
