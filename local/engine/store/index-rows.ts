import type { IndexWrite, JsonObject } from "../types.ts";
import { encodeKey } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";
import type { Index, SearchIndex, Table } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import type { SearchRows } from "./search-rows.ts";

/** A change of the document in a row: from nothing on insertion, to nothing on removal. */
export type Change = { table: Table; row: number; before: JsonObject | null; after: JsonObject | null };

/** Stands for the whole of a search index in a commit's writes: who searched it, searches again. */
const WHOLE_INDEX = Buffer.alloc(0);

/**
 * Keeps the rows of indexes.
 * Invariant: each document has exactly one entry in each ordered index of its table, under the key of its fields, and one row in each
 * search index whose field holds text.
 */
export class IndexRows {
  readonly #connection: Connection;
  readonly #search: SearchRows;

  constructor(connection: Connection, search: SearchRows) {
    this.#connection = connection;
    this.#search = search;
  }

  /** Follows a change; gives the keys that readers of the indexes may have seen, old and new. */
  apply({ table, row, before, after }: Change): IndexWrite[] {
    const writes: IndexWrite[] = [];
    const added: (number | Buffer)[] = [];
    for (const index of table.indexes.values()) {
      const oldKey = before === null ? null : keyOf(index, before);
      if (oldKey !== null) writes.push({ index: index.id, key: oldKey });
      if (before !== null && after !== null && isUnmoved(index, before, after)) continue;
      const newKey = after === null ? null : keyOf(index, after);
      const moved = oldKey === null || newKey === null || !oldKey.equals(newKey);
      if (newKey !== null && moved) writes.push({ index: index.id, key: newKey });
      if (oldKey !== null && moved) this.#remove(index, oldKey);
      if (newKey !== null && moved) added.push(index.id, newKey, row);
    }
    this.#addAll(added);
    for (const index of table.searchIndexes.values()) {
      if (this.#search.replace(index, { row, before, after })) writes.push({ index: index.id, key: WHOLE_INDEX });
    }
    return writes;
  }

  /** Enters a document into an ordered index that is being built. */
  enter(index: Index, row: number, document: JsonObject): void {
    this.#addAll([index.id, keyOf(index, document), row]);
  }

  /** Enters a document into a search index that is being built. */
  enterSearch(index: SearchIndex, row: number, document: JsonObject): void {
    this.#search.replace(index, { row, before: null, after: document });
  }

  /** Index, key and row of each new entry, in one statement for all of them: each one costs as much as an entry. */
  #addAll(values: readonly (number | Buffer)[]): void {
    if (values.length > 0) this.#connection.run(insertSql(values.length / 3), ...values);
  }

  #remove(index: Index, key: Buffer): void {
    this.#connection.run("DELETE FROM entries WHERE index_id = ? AND key = ?", index.id, key);
  }
}

function keyOf(index: Index, document: JsonObject): Buffer {
  return encodeKey(index.fields.map((field) => fieldAt(document, field)));
}

/** True only when the keys are the same for sure, without making them: equal objects may be unequal here. */
function isUnmoved(index: Index, before: JsonObject, after: JsonObject): boolean {
  return index.fields.every((field) => fieldAt(before, field) === fieldAt(after, field));
}

const insertStatements: string[] = [];

function insertSql(entries: number): string {
  return (insertStatements[entries] ??=
    `INSERT INTO entries(index_id, key, row) VALUES ${Array(entries).fill("(?, ?, ?)").join()}`);
}
