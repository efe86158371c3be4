import type { JsonObject, Write } from "../types.ts";
import { encodeKey } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";
import type { Index, SearchIndex, Table, VectorIndex } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import type { DocumentChange } from "./documents.ts";
import type { SearchRows } from "./search-rows.ts";
import type { VectorRows } from "./vector-rows.ts";

export type Change = DocumentChange & { table: Table };
type Parts = { connection: Connection; search: SearchRows; vectors: VectorRows };

/**
 * Keeps the rows of indexes.
 * Invariant: each document has exactly one entry in each ordered index of its table, under the key of its fields, and is in the search
 * and vector indexes of its table as these say.
 */
export class IndexRows {
  readonly #connection: Connection;
  readonly #search: SearchRows;
  readonly #vectors: VectorRows;

  constructor({ connection, search, vectors }: Parts) {
    this.#connection = connection;
    this.#search = search;
    this.#vectors = vectors;
  }

  /** Follows a change; gives what readers of the indexes may have seen, old and new. Nobody watches a vector index. */
  apply({ table, row, before, after }: Change): Write[] {
    const writes: Write[] = [];
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
      for (const entry of this.#search.replace(index, { row, before, after })) writes.push({ index: index.id, entry });
    }
    for (const index of table.vectorIndexes.values()) this.#vectors.replace(index, { row, before, after });
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

  /** Enters a document into a vector index that is being built. */
  enterVector(index: VectorIndex, row: number, document: JsonObject): void {
    this.#vectors.replace(index, { row, before: null, after: document });
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
