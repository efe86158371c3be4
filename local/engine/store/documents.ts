import type { JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { encodeKey } from "../values/encoding.ts";
import type { Table } from "./catalog.ts";
import { numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";

/** A document as it is kept: the row that it lies in, its JSON text, and its size in bytes. */
export class Stored {
  readonly row: number;
  readonly json: string;
  readonly size: number;
  #document: JsonObject | undefined;

  constructor(row: number, json: string, size: number) {
    this.row = row;
    this.json = json;
    this.size = size;
  }

  /** What the text says, parsed when somebody first asks. It is shared: nobody changes it. */
  get document(): JsonObject {
    return (this.#document ??= parseDocument(this.json));
  }
}

/** What happens to the document in a row: from nothing on insertion, to nothing on removal. */
export type DocumentChange = { row: number; before: JsonObject | null; after: JsonObject | null };

/**
 * The documents by their ids, as one transaction sees them: each is looked up once, since nobody else writes meanwhile.
 * Invariant: what is remembered is what the file says inside the transaction. Who rolls a part of it back calls `forget`.
 */
export class Documents {
  readonly #connection: Connection;
  readonly #seen = new Map<string, Stored | null>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Null when there is none. */
  find(table: Table, id: string): Stored | null {
    const name = nameOf(table, id);
    const seen = this.#seen.get(name);
    if (seen !== undefined) return seen;
    const found = this.#load(table, id);
    this.#seen.set(name, found);
    return found;
  }

  /** Remembers a document that somebody came upon by another way. */
  meet(table: Table, id: string, stored: Stored): void {
    this.#seen.set(nameOf(table, id), stored);
  }

  /** Keeps a document, in the row that it has already, and gives its row. A new one is found by others once its entry in by_id is there. */
  put(table: Table, id: string, { row, json, size }: { row: number | null; json: string; size: number }): number {
    const kept = row ?? this.#add(table, json, size);
    if (row !== null) this.#connection.run("UPDATE documents SET json = ?, size = ? WHERE row = ?", json, size, row);
    this.#seen.set(nameOf(table, id), new Stored(kept, json, size));
    return kept;
  }

  remove(table: Table, id: string, { row }: Pick<Stored, "row">): void {
    this.#connection.run("DELETE FROM documents WHERE row = ?", row);
    this.#seen.set(nameOf(table, id), null);
  }

  /** Brings a document's row back to what it was before a change: `stored` is null when the change made it. */
  restore(table: Table, row: number, stored: Stored | null): void {
    this.#connection.run("DELETE FROM documents WHERE row = ?", row);
    if (stored === null) return;
    const { json, size } = stored;
    this.#connection.run(
      "INSERT INTO documents(row, table_key, json, size) VALUES (?, ?, ?, ?)",
      row,
      table.key,
      json,
      size,
    );
  }

  /** What was seen may be undone: it is looked up again. */
  forget(): void {
    this.#seen.clear();
  }

  #add(table: Table, json: string, size: number): number {
    return this.#connection.insert(
      "INSERT INTO documents(table_key, json, size) VALUES (?, ?, ?)",
      table.key,
      json,
      size,
    );
  }

  #load(table: Table, id: string): Stored | null {
    const row = this.#connection.get(
      `SELECT d.row, d.json, d.size FROM entries AS e CROSS JOIN documents AS d ON d.row = e.row
       WHERE e.index_id = ? AND e.key = ?`,
      table.byId.id,
      encodeKey([id]),
    );
    if (row === undefined) return null;
    return new Stored(numberOf(row["row"]), textOf(row["json"]), numberOf(row["size"]));
  }
}

/** Ids are unique in a component only. */
function nameOf(table: Table, id: string): string {
  return `${table.key}:${id}`;
}
