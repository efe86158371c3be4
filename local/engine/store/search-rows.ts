import { createHash } from "node:crypto";
import type { JsonObject } from "../types.ts";
import { type Value, encodeKey } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";
import { MAX_SEARCH_CANDIDATES } from "../values/limits.ts";
import type { SearchIndex } from "./catalog.ts";
import { numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { tokenize } from "./tokens.ts";

/** `terms` are tokens; the last one also matches as a prefix. */
export type SearchQuery = { terms: readonly string[]; filters: readonly { field: string; value: Value }[] };

/** A found document; a lower score is a better match. */
export type SearchHit = { id: string; json: string; size: number; score: number; creationTime: number };

type Changed = { row: number; before: JsonObject | null; after: JsonObject | null };

/**
 * The rows of search indexes: each index has a full-text table, under the rows of its documents, with the tokens of its field and one made-up token for each filter
 * field's value, so that SQLite intersects them.
 */
export class SearchRows {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  create(index: SearchIndex): void {
    this.#connection.exec(
      `CREATE VIRTUAL TABLE ${nameOf(index)} USING fts5(
         body, filters, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'")`,
    );
  }

  drop(index: SearchIndex): void {
    this.#connection.exec(`DROP TABLE ${nameOf(index)}`);
  }

  /** Follows a document's change; false when the index has nothing to do with it. */
  replace(index: SearchIndex, { row, before, after }: Changed): boolean {
    const wasFound = before !== null && typeof fieldAt(before, index.searchField) === "string";
    const text = after === null ? null : fieldAt(after, index.searchField);
    const isFound = after !== null && typeof text === "string";
    if (wasFound) this.#connection.run(`DELETE FROM ${nameOf(index)} WHERE rowid = ?`, row);
    if (isFound) this.#add(index, { row, body: tokenize(text).join(" "), filters: filterTokens(index, after) });
    return wasFound || isFound;
  }

  /** The best matches, in order; at most as many as production considers. */
  find(index: SearchIndex, query: SearchQuery): SearchHit[] {
    const rows = this.#connection.all(
      `SELECT d.json, d.size, d.json ->> '$._id' AS id, d.json ->> '$._creationTime' AS created,
         bm25(${nameOf(index)}, 1.0, 0.0) AS score
       FROM ${nameOf(index)} CROSS JOIN documents AS d ON d.row = ${nameOf(index)}.rowid
       WHERE ${nameOf(index)} MATCH ? ORDER BY score, created DESC LIMIT ${MAX_SEARCH_CANDIDATES}`,
      matchOf(index, query),
    );
    return rows.map((row) => ({
      id: textOf(row["id"]),
      json: textOf(row["json"]),
      size: numberOf(row["size"]),
      score: numberOf(row["score"]),
      creationTime: numberOf(row["created"]),
    }));
  }

  #add(index: SearchIndex, { row, body, filters }: { row: number; body: string; filters: string[] }): void {
    this.#connection.run(
      `INSERT INTO ${nameOf(index)}(rowid, body, filters) VALUES (?, ?, ?)`,
      row,
      body,
      filters.join(" "),
    );
  }
}

function nameOf(index: SearchIndex): string {
  return `search_${index.id}`;
}

function matchOf(index: SearchIndex, { terms, filters }: SearchQuery): string {
  const words = terms.map((term) => `"${term}"`);
  words.push(`"${terms.at(-1) ?? ""}"*`);
  const conditions = filters.map(({ field, value }) => `filters : "${filterToken(index, { field, value })}"`);
  return [`body : (${words.join(" OR ")})`, ...conditions].join(" AND ");
}

function filterTokens(index: SearchIndex, document: JsonObject): string[] {
  return index.filterFields.map((field) => filterToken(index, { field, value: fieldAt(document, field) }));
}

/** A word that stands for "this field has this value"; the hash keeps it short and free of punctuation. */
function filterToken(index: SearchIndex, { field, value }: { field: string; value: Value }): string {
  const hash = createHash("sha256")
    .update(encodeKey([value]))
    .digest("hex")
    .slice(0, 32);
  return `f${index.filterFields.indexOf(field)}x${hash}`;
}
