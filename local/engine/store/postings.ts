import { numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { filterTerm } from "./filter-values.ts";

/** How often a term stands in a document's text, and how long the text is; both zero for the term of a filter. */
export type Posting = { count: number; length: number };
export type DocumentPostings = ReadonlyMap<string, Posting>;

const OF_FILTER: Posting = { count: 0, length: 0 };
/** Above every letter and digit. */
const AFTER_ALL_LETTERS = "\u{10FFFF}";

/**
 * Which documents have which terms, for search and vector indexes.
 * Invariant: an index has a posting for each document and each of its terms, and no other.
 */
export class Postings {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Makes a document's postings those of `after`, of which it had `before`: what stays the same is not written. */
  replace(index: number, row: number, { before, after }: { before: DocumentPostings; after: DocumentPostings }): void {
    const gone = [...before].filter(([term, posting]) => !isSame(posting, after.get(term))).map(([term]) => term);
    const added = [...after].filter(([term, posting]) => !isSame(posting, before.get(term)));
    if (gone.length > 0) {
      this.#connection.run(
        "DELETE FROM postings WHERE index_id = ? AND term IN (SELECT value FROM json_each(?)) AND row = ?",
        index,
        JSON.stringify(gone),
        row,
      );
    }
    if (added.length > 0) {
      this.#connection.run(
        `INSERT INTO postings(index_id, term, row, count, length)
         SELECT ?, value ->> 0, ?, value ->> 1, value ->> 2 FROM json_each(?)`,
        index,
        row,
        JSON.stringify(added.map(([term, { count, length }]) => [term, count, length])),
      );
    }
  }

  drop(index: number): void {
    this.#connection.run("DELETE FROM postings WHERE index_id = ?", index);
  }

  /** How many documents have each of the terms; those that none has are left out. */
  frequencies(index: number, terms: readonly string[]): Map<string, number> {
    const rows = this.#connection.all(
      `SELECT term, count(*) AS count FROM postings
       WHERE index_id = ? AND term IN (SELECT value FROM json_each(?)) GROUP BY term`,
      index,
      JSON.stringify(terms),
    );
    return new Map(rows.map((row) => [textOf(row["term"]), numberOf(row["count"])]));
  }

  /** The first terms that begin with `prefix` and go on, in order: each costs one look, however many documents have it. */
  continuations(index: number, prefix: string, limit: number): string[] {
    const rows = this.#connection.all(
      `WITH RECURSIVE found(term) AS (
         SELECT min(term) FROM postings WHERE index_id = ?1 AND term > ?2 AND term < ?3
         UNION ALL
         SELECT (SELECT min(term) FROM postings WHERE index_id = ?1 AND term > found.term AND term < ?3)
         FROM found WHERE found.term IS NOT NULL LIMIT ?4)
       SELECT term FROM found WHERE term IS NOT NULL`,
      index,
      prefix,
      prefix + AFTER_ALL_LETTERS,
      limit,
    );
    return rows.map((row) => textOf(row["term"]));
  }
}

/** The postings of a document's filter values. */
export function filterPostings(values: ReadonlyMap<string, string>): [term: string, posting: Posting][] {
  return [...values].map(([field, value]) => [filterTerm(field, value), OF_FILTER]);
}

function isSame(a: Posting, b: Posting | undefined): boolean {
  return a.count === b?.count && a.length === b.length;
}
