import type { IndexWrite, JsonObject } from "../types.ts";
import { encodeKey } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";
import type { Index, SearchIndex, Table } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import type { SearchRows } from "./search-rows.ts";

/** A change of one document: from nothing on insertion, to nothing on removal. */
export type Change = { table: Table; id: string; before: JsonObject | null; after: JsonObject | null };

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
  apply({ table, id, before, after }: Change): IndexWrite[] {
    const writes: IndexWrite[] = [];
    for (const index of table.indexes.values()) {
      const oldKey = before === null ? null : keyOf(index, before);
      const newKey = after === null ? null : keyOf(index, after);
      const moved = oldKey === null || newKey === null || !oldKey.equals(newKey);
      if (oldKey !== null) writes.push({ index: index.id, key: oldKey });
      if (newKey !== null && moved) writes.push({ index: index.id, key: newKey });
      if (oldKey !== null && moved) this.#remove(index, oldKey);
      if (newKey !== null && moved) this.#add(index, { key: newKey, id });
    }
    for (const index of table.searchIndexes.values()) {
      if (this.#search.replace(index, { id, before, after })) writes.push({ index: index.id, key: WHOLE_INDEX });
    }
    return writes;
  }

  /** Enters a document into an ordered index that is being built. */
  enter(index: Index, id: string, document: JsonObject): void {
    this.#add(index, { key: keyOf(index, document), id });
  }

  /** Enters a document into a search index that is being built. */
  enterSearch(index: SearchIndex, id: string, document: JsonObject): void {
    this.#search.replace(index, { id, before: null, after: document });
  }

  #add(index: Index, { key, id }: { key: Buffer; id: string }): void {
    this.#connection.run("INSERT INTO entries(index_id, key, id) VALUES (?, ?, ?)", index.id, key, id);
  }

  #remove(index: Index, key: Buffer): void {
    this.#connection.run("DELETE FROM entries WHERE index_id = ? AND key = ?", index.id, key);
  }
}

function keyOf(index: Index, document: JsonObject): Buffer {
  return encodeKey(index.fields.map((field) => fieldAt(document, field)));
}
