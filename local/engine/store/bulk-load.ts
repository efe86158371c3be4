import { DeveloperError } from "../errors.ts";
import type { ComponentPath, JsonObject, Write } from "../types.ts";
import { parseDocument, sortFields } from "../values/documents.ts";
import { encodeKey } from "../values/encoding.ts";
import { decodeId, encodeId } from "../values/ids.ts";
import { CATALOG_INDEX, type Table } from "./catalog.ts";
import { numberOf, textOf } from "./columns.ts";
import { requireFit } from "./document-fit.ts";
import { Files } from "./files.ts";
import { nextCreationTime, type Shared, Transaction } from "./transaction.ts";

const BATCH = 500;

/**
 * Fills, empties and renumbers whole tables inside one transaction of the store. No limit of a function's transaction counts here, and
 * nothing is remembered of a document once it is stored, however many there are.
 * Invariant: every stored document matches its table's validator as the tables are numbered when it is stored: number first, then insert.
 */
export class BulkLoad {
  readonly files: Files;
  readonly #shared: Shared;
  readonly #touched = new Set<number>([CATALOG_INDEX]);
  #written: readonly Write[] = [];

  constructor(shared: Shared) {
    this.#shared = shared;
    this.files = new Files(shared.connection);
  }

  /** What the commit is to announce: every result that depends on any touched table is stale. */
  get writes(): Write[] {
    return [...[...this.#touched].map((index) => ({ index, key: null })), ...this.#written];
  }

  /** Writes single documents with what is loaded, once. */
  write(body: (tx: Transaction) => void): void {
    const tx = new Transaction(this.#shared, true);
    body(tx);
    this.#written = tx.writes;
  }

  /** The components that have tables. */
  components(): ComponentPath[] {
    return this.#shared.catalog.components();
  }

  tablesOf(component: ComponentPath): Table[] {
    return this.#shared.catalog.tablesOf(component);
  }

  /** The table as it is numbered now. */
  require(component: ComponentPath, name: string): Table {
    const table = this.#shared.catalog.table(component, name);
    if (table === null) throw new Error(`there is no table ${name} in component "${component}"`);
    return table;
  }

  /** Gives tables of a component their numbers, all at once; those that are not there yet are made. Null is any number that is free. */
  number(component: ComponentPath, numbers: ReadonlyMap<string, number | null>): void {
    this.#shared.catalog.renumber(component, numbers);
  }

  /** Removes every document, and the bytes of every file where the table is that of files. */
  clear(table: Table): void {
    this.#touch(table);
    for (let stored = this.#firstOf(table); stored.length > 0; stored = this.#firstOf(table)) {
      for (const { row, document } of stored) {
        this.#shared.rows.apply({ table, row, before: document, after: null });
        this.#shared.connection.run("DELETE FROM documents WHERE row = ?", row);
        const { _id } = document;
        if (table.name === "_storage" && typeof _id === "string") this.files.remove(_id);
      }
    }
  }

  /** Removes a table that no schema has, with its documents. */
  drop(table: Table): void {
    this.clear(table);
    this.#shared.connection.run("DELETE FROM indexes WHERE table_key = ?", table.key);
    this.#shared.connection.run("DELETE FROM tables WHERE key = ?", table.key);
    this.#shared.catalog.reload();
  }

  isEmpty(table: Table): boolean {
    return this.#firstOf(table, 1).length === 0;
  }

  /**
   * Stores a document with the `_id` and `_creationTime` that it brings; what it lacks is made. Throws a `DeveloperError` when the id is
   * another table's or taken, or when the table does not take the document.
   */
  insert(table: Table, document: JsonObject): string {
    this.#touch(table);
    const { connection, catalog, rows } = this.#shared;
    const { _id, _creationTime } = document;
    const id = typeof _id === "string" ? this.#requireFree(table, _id) : encodeId(table.number);
    const creationTime = typeof _creationTime === "number" ? _creationTime : nextCreationTime(this.#shared);
    const after = sortFields({ ...document, _id: id, _creationTime: creationTime });
    const { size } = requireFit(catalog, table, after);
    const row = connection.insert(
      "INSERT INTO documents(table_key, json, size) VALUES (?, ?, ?)",
      table.key,
      JSON.stringify(after),
      size,
    );
    rows.apply({ table, row, before: null, after });
    return id;
  }

  #requireFree(table: Table, id: string): string {
    const decoded = decodeId(id);
    if (decoded === null) throw new DeveloperError(`invalid _id '${id}'`);
    if (decoded.tableNumber !== table.number) {
      throw new DeveloperError(
        `_id ${id} cannot be imported into '${table.name}' because its IDs have a different format`,
      );
    }
    const taken = "SELECT 1 FROM entries WHERE index_id = ? AND key = ?";
    if (this.#shared.connection.get(taken, table.byId.id, encodeKey([id])) !== undefined) {
      throw new DeveloperError(`Objects in table "${table.name}" have duplicate _id fields: ${id}`);
    }
    return id;
  }

  #firstOf(table: Table, limit: number = BATCH): { row: number; document: JsonObject }[] {
    const stored = this.#shared.connection.all(
      `SELECT d.row, d.json FROM entries AS e CROSS JOIN documents AS d ON d.row = e.row
       WHERE e.index_id = ? ORDER BY e.key LIMIT ?`,
      table.byId.id,
      limit,
    );
    return stored.map((row) => ({ row: numberOf(row["row"]), document: parseDocument(textOf(row["json"])) }));
  }

  #touch({ byId, indexes, searchIndexes, vectorIndexes }: Table): void {
    if (this.#touched.has(byId.id)) return;
    for (const { id } of [...indexes.values(), ...searchIndexes.values(), ...vectorIndexes.values()]) {
      this.#touched.add(id);
    }
  }
}
