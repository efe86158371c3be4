import { DeveloperError } from "../errors.ts";
import type { ComponentPath, JsonObject } from "../types.ts";
import { checkDocument, type Extent } from "../values/documents.ts";
import { decodeId } from "../values/ids.ts";
import { sizeOf } from "../values/size.ts";
import { ValidationError, validate } from "../values/validators.ts";
import type { Catalog, Table } from "./catalog.ts";
import { isSystemTable } from "./system-tables.ts";

/** The table of an id, without counting as a read: a validator's question about a table that exists. */
export function tableNameIn(catalog: Catalog, component: ComponentPath, id: string): string | null {
  const decoded = decodeId(id);
  return decoded === null ? null : (catalog.tableNumbered(component, decoded.tableNumber)?.name ?? null);
}

/** Throws a `DeveloperError` unless the table takes the document; gives what it measured. What the engine writes itself has no limits of its own. */
export function requireFit(catalog: Catalog, table: Table, document: JsonObject): Extent {
  if (isSystemTable(table.name)) return { size: sizeOf(document), nesting: 0 };
  const extent = checkDocument(document);
  if (table.validator === null) return extent;
  const { _id, _creationTime, ...fields } = document;
  try {
    validate(table.validator, fields, (id) => tableNameIn(catalog, table.component, id));
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new DeveloperError(
      `Failed to insert or update a document in table "${table.name}" because it does not match the schema: ${error.message}`,
    );
  }
  return extent;
}
