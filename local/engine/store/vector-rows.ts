import type { JsonObject } from "../types.ts";
import type { Value } from "../values/encoding.ts";
import { agreeOn, fieldAt } from "../values/fields.ts";
import type { VectorIndex } from "./catalog.ts";
import { bytesOf, numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import type { DocumentChange } from "./documents.ts";
import { filterTerm, filterValue, filterValuesOf } from "./filter-values.ts";
import { type DocumentPostings, type Postings, filterPostings } from "./postings.ts";
import { Best, type Scored, dotProduct, norm, vectorOf } from "./vectors.ts";

/** Documents that have any of the values, or all documents when there are none; no more than `limit`. */
export type VectorQuery = {
  vector: Float32Array;
  limit: number;
  filters: readonly { field: string; value: Value }[];
};

/** `score` is the cosine of the angle between the two vectors, from -1 to 1; with a vector of zeros it is 0. */
export type VectorHit = { id: string; score: number };

/** Vectors fetched at once: a table's need not fit in memory. */
const BATCH = 1_024;
const NONE: DocumentPostings = new Map();

/**
 * The vectors of vector indexes, each index in a table of its own, under the rows of its documents; the values of filter
 * fields are postings. Every search compares with every vector that passes the filter.
 * Invariant: a document has a vector in an index exactly when its field holds one of the index's dimensions.
 */
export class VectorRows {
  readonly #connection: Connection;
  readonly #postings: Postings;

  constructor(connection: Connection, postings: Postings) {
    this.#connection = connection;
    this.#postings = postings;
  }

  create(index: VectorIndex): void {
    this.#connection.exec(
      `CREATE TABLE ${nameOf(index)}(row INTEGER PRIMARY KEY, norm REAL NOT NULL, vector BLOB NOT NULL)`,
    );
  }

  drop(index: VectorIndex): void {
    this.#postings.drop(index.id);
    this.#connection.exec(`DROP TABLE ${nameOf(index)}`);
  }

  /** Follows a document's change. */
  replace(index: VectorIndex, { row, before, after }: DocumentChange): void {
    const { vectorField, filterFields } = index;
    if (before !== null && after !== null && agreeOn([vectorField, ...filterFields], before, after)) return;
    const was = vectorIn(index, before);
    const is = vectorIn(index, after);
    if (was !== null) this.#connection.run(`DELETE FROM ${nameOf(index)} WHERE row = ?`, row);
    if (is !== null) this.#connection.run(`INSERT INTO ${nameOf(index)} VALUES (?, ?, ?)`, row, norm(is), asBytes(is));
    this.#postings.replace(index.id, row, {
      before: was === null ? NONE : postingsIn(index, before),
      after: is === null ? NONE : postingsIn(index, after),
    });
  }

  /** The documents whose vectors point the most into the direction of the one given, the best first. */
  find(index: VectorIndex, { vector, limit, filters }: VectorQuery): VectorHit[] {
    const terms = new Set(filters.map(({ field, value }) => filterTerm(field, filterValue(value))));
    const best = new Best(limit);
    const queryNorm = norm(vector);
    for (const stored of this.#vectors(index, [...terms])) {
      const lengths = queryNorm * stored.norm;
      best.show({ row: stored.row, score: lengths === 0 ? 0 : dotProduct(vector, stored.vector) / lengths });
    }
    return best.kept.map((scored) => this.#hit(scored));
  }

  *#vectors(
    index: VectorIndex,
    terms: readonly string[],
  ): Generator<{ row: number; norm: number; vector: Float32Array }> {
    const filter = `AND row IN (SELECT row FROM postings WHERE index_id = ${index.id} AND term IN (SELECT value FROM json_each(?)))`;
    const sql = `SELECT row, norm, vector FROM ${nameOf(index)} WHERE row > ? ${terms.length === 0 ? "" : filter} ORDER BY row LIMIT ${BATCH}`;
    let last = 0;
    for (;;) {
      const rows = this.#connection.all(sql, last, ...(terms.length === 0 ? [] : [JSON.stringify(terms)]));
      for (const row of rows) {
        last = numberOf(row["row"]);
        yield { row: last, norm: numberOf(row["norm"]), vector: asVector(bytesOf(row["vector"])) };
      }
      if (rows.length < BATCH) return;
    }
  }

  #hit({ row, score }: Scored): VectorHit {
    const found = this.#connection.get("SELECT json ->> '$._id' AS id FROM documents WHERE row = ?", row);
    return { id: textOf(found?.["id"]), score };
  }
}

function nameOf(index: VectorIndex): string {
  return `vectors_${index.id}`;
}

function vectorIn({ vectorField, dimensions }: VectorIndex, document: JsonObject | null): Float32Array | null {
  return document === null ? null : vectorOf(fieldAt(document, vectorField), dimensions);
}

function postingsIn({ filterFields }: VectorIndex, document: JsonObject | null): DocumentPostings {
  return document === null ? NONE : new Map(filterPostings(filterValuesOf(filterFields, document)));
}

function asBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A copy: the numbers of an array must lie at multiples of their size, and SQLite's bytes lie anywhere. */
function asVector(bytes: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
