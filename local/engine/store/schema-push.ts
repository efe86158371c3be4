import { DeveloperError } from "../errors.ts";
import type { ComponentPath, JsonObject, SchemaJson } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { ValidationError, validate } from "../values/validators.ts";
import type { Catalog, Table } from "./catalog.ts";
import { bytesOf, numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { type Definition, definitionText, definitionsOf, parseDefinition } from "./definitions.ts";
import type { IndexRows } from "./index-rows.ts";
import { checkSchema } from "./schema-rules.ts";
import type { SearchRows } from "./search-rows.ts";
import { SYSTEM_TABLES, isSystemTable } from "./system-tables.ts";
import { tableNameIn } from "./transaction.ts";

type TableSchema = SchemaJson["tables"][number];
type Parts = { connection: Connection; catalog: Catalog; rows: IndexRows; search: SearchRows };

/**
 * Brings the tables of components in line with their schemas: makes tables, builds and drops indexes, and checks the documents that
 * are there. Runs inside a transaction that its caller rolls back, and the catalog with it, when it throws.
 * Tables that left the schema keep their documents, as in production; they only lose their indexes and validator.
 */
export class SchemaPush {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  apply(component: ComponentPath, schema: SchemaJson | null): void {
    if (schema !== null) checkSchema(schema);
    const { catalog } = this.#parts;
    const declared = new Map(schema?.tables.map((table) => [table.tableName, table]));
    for (const name of [...Object.keys(SYSTEM_TABLES), ...declared.keys()]) {
      if (catalog.table(component, name) === null) catalog.create(component, name);
    }
    for (const table of catalog.tablesOf(component)) {
      if (isSystemTable(table.name)) continue;
      const tableSchema = declared.get(table.name);
      const validator = tableSchema !== undefined && schema?.schemaValidation ? tableSchema.documentType : null;
      this.#setValidator(table, validator);
      this.#setIndexes(table, tableSchema);
    }
  }

  /** Checks existing documents only against a validator that is new to them. */
  #setValidator(table: Table, validator: JsonObject | null): void {
    const text = validator === null ? null : JSON.stringify(validator);
    if (text === (table.validator === null ? null : JSON.stringify(table.validator))) return;
    if (validator !== null) this.#checkDocuments(table, validator);
    this.#parts.connection.run("UPDATE tables SET validator = ? WHERE key = ?", text, table.key);
  }

  #checkDocuments(table: Table, validator: JsonObject): void {
    const { catalog } = this.#parts;
    for (const { id, document } of this.#documentsOf(table)) {
      const { _id, _creationTime, ...fields } = document;
      try {
        validate(validator, fields, (text) => tableNameIn(catalog, table.component, text));
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        throw new DeveloperError(
          `Document with ID "${id}" in table "${table.name}" does not match the schema: ${error.message}`,
        );
      }
    }
  }

  #setIndexes(table: Table, schema: TableSchema | undefined): void {
    const wanted = schema === undefined ? new Map<string, Definition>() : definitionsOf(schema);
    for (const row of this.#parts.connection.all("SELECT * FROM indexes WHERE table_key = ?", table.key)) {
      const name = textOf(row["name"]);
      if (name === table.byId.name || name === table.byCreationTime.name) continue;
      const definition = parseDefinition(textOf(row["kind"]), textOf(row["definition"]));
      if (isSame(definition, wanted.get(name))) wanted.delete(name);
      else this.#drop(numberOf(row["id"]), name, definition);
    }
    for (const [name, definition] of wanted) this.#build(table, name, definition);
  }

  #drop(id: number, name: string, definition: Definition): void {
    const { connection, search } = this.#parts;
    if (definition.kind === "ordered") connection.run("DELETE FROM entries WHERE index_id = ?", id);
    if (definition.kind === "search") search.drop({ id, name, ...definition });
    connection.run("DELETE FROM indexes WHERE id = ?", id);
  }

  #build(table: Table, name: string, definition: Definition): void {
    const { connection, rows, search } = this.#parts;
    const id = connection.insert(
      "INSERT INTO indexes(table_key, kind, name, definition) VALUES (?, ?, ?, ?)",
      table.key,
      definition.kind,
      name,
      definitionText(definition),
    );
    if (definition.kind === "ordered") {
      const index = { id, name, fields: definition.fields };
      for (const entry of this.#documentsOf(table)) rows.enter(index, entry.row, entry.document);
    }
    if (definition.kind === "search") {
      const index = { id, name, ...definition };
      search.create(index);
      for (const entry of this.#documentsOf(table)) rows.enterSearch(index, entry.row, entry.document);
    }
  }

  /** In batches: a table may be larger than what fits in memory. */
  *#documentsOf(table: Table): Generator<{ id: string; row: number; document: JsonObject }> {
    let last: Buffer = Buffer.alloc(0);
    for (;;) {
      const rows = this.#parts.connection.all(
        `SELECT e.key, d.row, d.json, d.json ->> '$._id' AS id FROM entries AS e CROSS JOIN documents AS d ON d.row = e.row
         WHERE e.index_id = ? AND e.key > ? ORDER BY e.key LIMIT 500`,
        table.byId.id,
        last,
      );
      for (const row of rows) {
        last = bytesOf(row["key"]);
        yield { id: textOf(row["id"]), row: numberOf(row["row"]), document: parseDocument(textOf(row["json"])) };
      }
      if (rows.length === 0) return;
    }
  }
}

function isSame(a: Definition, b: Definition | undefined): boolean {
  return b !== undefined && a.kind === b.kind && definitionText(a) === definitionText(b);
}
