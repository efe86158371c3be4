import { DeveloperError } from "../errors.ts";
import type { ComponentPath, JsonObject, SchemaJson, TableSchemaJson } from "../types.ts";
import { withoutSystemFields } from "../values/document-types.ts";
import { parseDocument } from "../values/documents.ts";
import { parseValidator } from "../values/validator-json.ts";
import { isSubset } from "../values/validator-subset.ts";
import { ValidationError, validate } from "../values/validators.ts";
import type { Catalog, Table } from "./catalog.ts";
import { bytesOf, numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { type Definition, definitionText, definitionsOf, isSameIndex, parseDefinition } from "./definitions.ts";
import { tableNameIn } from "./document-fit.ts";
import type { IndexRows } from "./index-rows.ts";
import { checkSchema } from "./schema-rules.ts";
import type { SearchRows } from "./search-rows.ts";
import { SYSTEM_TABLES, isSystemTable } from "./system-tables.ts";
import type { VectorRows } from "./vector-rows.ts";

type Parts = { connection: Connection; catalog: Catalog; rows: IndexRows; search: SearchRows; vectors: VectorRows };

/** What is to be done with every document of a table. */
type Step = (entry: Entry) => void;
type Entry = { id: string; row: number; document: JsonObject };

/** Documents held at once while a table is gone through: each may have a megabyte. */
const BATCH = 64;

/**
 * Brings the tables of components in line with their schemas: makes tables, builds and drops indexes, and checks the documents that
 * are there. Runs inside a transaction that its caller rolls back, and the catalog with it, when it throws.
 * Tables that left the schema keep their documents, as in production; they only lose their indexes and validator.
 * Invariant: a table is gone through once at most, whatever changed, and not at all when nothing needs its documents.
 */
export class SchemaPush {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  apply(component: ComponentPath, schema: SchemaJson | null): void {
    if (schema !== null) checkSchema(schema);
    const { catalog } = this.#parts;
    if (schema?.schemaValidation === true) refuseSecondChecks(catalog.tablesOf(component), schema.tables);
    const declared = new Map(schema?.tables.map((table) => [table.tableName, table]));
    for (const name of [...Object.keys(SYSTEM_TABLES), ...declared.keys()]) {
      if (catalog.table(component, name) === null) catalog.create(component, name);
    }
    for (const table of catalog.tablesOf(component)) {
      if (isSystemTable(table.name)) continue;
      const tableSchema = declared.get(table.name);
      const isChecked = tableSchema !== undefined && schema?.schemaValidation === true;
      const steps = [
        ...this.#setValidator(table, isChecked ? withoutSystemFields(tableSchema.documentType) : null),
        ...this.#setIndexes(table, tableSchema),
      ];
      if (steps.length > 0) for (const entry of this.#documentsOf(table)) for (const step of steps) step(entry);
    }
  }

  /** Documents are checked only where the validator that they match already does not vouch for them. */
  #setValidator(table: Table, validator: JsonObject | null): Step[] {
    const text = validator === null ? null : JSON.stringify(validator);
    if (text === (table.validator === null ? null : JSON.stringify(table.validator))) return [];
    this.#parts.connection.run("UPDATE tables SET validator = ? WHERE key = ?", text, table.key);
    return validator !== null && needsCheck(table, validator) ? [this.#check(table, validator)] : [];
  }

  #check(table: Table, validator: JsonObject): Step {
    const { catalog } = this.#parts;
    const tableNameOf = (text: string) => tableNameIn(catalog, table.component, text);
    return ({ id, document: { _id, _creationTime, ...fields } }) => {
      try {
        validate(validator, fields, tableNameOf);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        throw new DeveloperError(
          `Document with ID "${id}" in table "${table.name}" does not match the schema: ${error.message}`,
        );
      }
    };
  }

  #setIndexes(table: Table, schema: TableSchemaJson | undefined): Step[] {
    const wanted = schema === undefined ? new Map<string, Definition>() : definitionsOf(schema);
    for (const row of this.#parts.connection.all("SELECT * FROM indexes WHERE table_key = ?", table.key)) {
      const name = textOf(row["name"]);
      if (name === table.byId.name || name === table.byCreationTime.name) continue;
      const id = numberOf(row["id"]);
      const known = parseDefinition(textOf(row["kind"]), textOf(row["definition"]));
      const definition = wanted.get(name);
      if (definition !== undefined && isSameIndex(known, definition)) {
        wanted.delete(name);
        if (known.staged !== definition.staged) this.#setStaged(id, definition);
      } else this.#drop(id, name, known);
    }
    return [...wanted].flatMap(([name, definition]) => this.#build(table, name, definition));
  }

  /** An index is the same before and after: it was built when it was staged, and followed every change since. */
  #setStaged(id: number, definition: Definition): void {
    this.#parts.connection.run("UPDATE indexes SET definition = ? WHERE id = ?", definitionText(definition), id);
  }

  #drop(id: number, name: string, definition: Definition): void {
    const { connection, search, vectors } = this.#parts;
    if (definition.kind === "ordered") connection.run("DELETE FROM entries WHERE index_id = ?", id);
    if (definition.kind === "search") search.drop({ id, name, ...definition });
    if (definition.kind === "vector") vectors.drop({ id, name, ...definition });
    connection.run("DELETE FROM indexes WHERE id = ?", id);
  }

  /** Makes an index, and says how documents enter it. */
  #build(table: Table, name: string, definition: Definition): Step[] {
    const { connection, rows, search, vectors } = this.#parts;
    const id = connection.insert(
      "INSERT INTO indexes(table_key, kind, name, definition) VALUES (?, ?, ?, ?)",
      table.key,
      definition.kind,
      name,
      definitionText(definition),
    );
    if (definition.kind === "ordered") {
      const index = { id, name, fields: definition.fields };
      return [({ row, document }) => rows.enter(index, row, document)];
    }
    if (definition.kind === "search") {
      const index = { id, name, ...definition };
      search.create(index);
      return [({ row, document }) => rows.enterSearch(index, row, document)];
    }
    const index = { id, name, ...definition };
    vectors.create(index);
    return [({ row, document }) => rows.enterVector(index, row, document)];
  }

  *#documentsOf(table: Table): Generator<Entry> {
    let last: Buffer = Buffer.alloc(0);
    for (;;) {
      const rows = this.#parts.connection.all(
        `SELECT e.key, d.row, d.json, d.json ->> '$._id' AS id FROM entries AS e CROSS JOIN documents AS d ON d.row = e.row
         WHERE e.index_id = ? AND e.key > ? ORDER BY e.key LIMIT ${BATCH}`,
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

/** True when documents that match the table's validator need not match this one. */
function needsCheck(table: Table, validator: JsonObject): boolean {
  return !isSubset(parseValidator(table.validator ?? { type: "any" }), parseValidator(validator));
}

/** Production checks the documents of a table against one validator at a time: throws where a push would have them checked against two. */
function refuseSecondChecks(existing: readonly Table[], declared: readonly TableSchemaJson[]): void {
  const refused = declared.filter(({ tableName, documentType, stagedDocumentType }) => {
    const table = existing.find(({ name }) => name === tableName);
    return table && stagedDocumentType !== undefined && needsCheck(table, withoutSystemFields(documentType));
  });
  if (refused.length === 0) return;
  const names = refused.map(({ tableName }) => tableName).toSorted();
  throw new DeveloperError(
    `Cannot stage validators on tables whose enforced validator change needs their documents walked: ${names.join(", ")}. Put the whole change in the staged validator instead, so the table is walked once, in the background.`,
  );
}
