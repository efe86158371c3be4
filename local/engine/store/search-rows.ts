import type { TextEntry, TextRead } from "../types.ts";
import type { Value } from "../values/encoding.ts";
import { agreeOn } from "../values/fields.ts";
import { MAX_SEARCH_CANDIDATES, MAX_SEARCH_LOOKUPS } from "../values/limits.ts";
import { type Collection, damping, roundLength, termWeight } from "./bm25.ts";
import type { SearchIndex } from "./catalog.ts";
import { numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import type { DocumentChange } from "./documents.ts";
import { filterTerm, filterValue } from "./filter-values.ts";
import { type DocumentPostings, type Postings, filterPostings } from "./postings.ts";
import { textEntryOf } from "./text-entry.ts";

/** `terms` are tokens; the last one also matches as a prefix. */
export type SearchQuery = { terms: readonly string[]; filters: readonly { field: string; value: Value }[] };

/** A found document; a higher score is a better match. */
export type SearchHit = { id: string; json: string; size: number; score: number; creationTime: number };

/** How much a term that only begins with the last one of a search counts. */
const PREFIX_WEIGHT = 0.5;
const NOTHING: TextEntry = { terms: new Map(), length: 0, filters: new Map() };

/**
 * Of index ?1, by the weights ?4 (a list of term and weight) and what dampens them: base ?2 and ?3 for each term of a document's.
 * Of the ?6 filter terms ?5 a document must have each. Equal scores at the end of what production considers go by rows: the
 * one stored later stays.
 */
const FIND = `
  WITH best(row, score) AS (
    SELECT p.row, sum((w.value ->> 1) * p.count / (p.count + ?2 + ?3 * p.length)) AS score
    FROM json_each(?4) AS w CROSS JOIN postings AS p ON p.index_id = ?1 AND p.term = w.value ->> 0
    WHERE ?6 = 0 OR p.row IN (
      SELECT row FROM postings WHERE index_id = ?1 AND term IN (SELECT value FROM json_each(?5))
      GROUP BY row HAVING count(*) = ?6)
    GROUP BY p.row ORDER BY score DESC, p.row DESC LIMIT ${MAX_SEARCH_CANDIDATES})
  SELECT d.json, d.size, d.json ->> '$._id' AS id, d.json ->> '$._creationTime' AS created, best.score AS score
  FROM best CROSS JOIN documents AS d ON d.row = best.row ORDER BY score DESC, created DESC, id`;

/**
 * The entries of search indexes, and who is found by them.
 * Invariant: each document of the table counts in its index's collection, with or without a text.
 */
export class SearchRows {
  readonly #connection: Connection;
  readonly #postings: Postings;

  constructor(connection: Connection, postings: Postings) {
    this.#connection = connection;
    this.#postings = postings;
  }

  create(index: SearchIndex): void {
    this.#connection.run("INSERT INTO collections VALUES (?, 0, 0)", index.id);
  }

  drop(index: SearchIndex): void {
    this.#postings.drop(index.id);
    this.#connection.run("DELETE FROM collections WHERE index_id = ?", index.id);
  }

  /** Follows a document's change; gives what searches may have found, or would find now. */
  replace(index: SearchIndex, { row, before, after }: DocumentChange): TextEntry[] {
    const is = after === null ? NOTHING : textEntryOf(index, after);
    const fields = [index.searchField, ...index.filterFields];
    const stays = before !== null && after !== null && agreeOn(fields, before, after);
    const was = stays ? is : before === null ? NOTHING : textEntryOf(index, before);
    if (!stays) {
      this.#postings.replace(index.id, row, { before: postingsOf(was), after: postingsOf(is) });
      this.#count(index, Number(after !== null) - Number(before !== null), is.length - was.length);
    }
    return [...new Set([was, is])].filter((entry) => entry.terms.size > 0);
  }

  /** The best matches, in order, the newest of equal ones first; at most as many as production considers. */
  find(index: SearchIndex, query: SearchQuery): SearchHit[] {
    const filters = new Set(query.filters.map(({ field, value }) => filterTerm(field, filterValue(value))));
    const collection = this.#collection(index);
    const weights = this.#weigh(index, query.terms, { collection, limit: MAX_SEARCH_LOOKUPS - filters.size });
    if (weights.size === 0) return [];
    const { base, perTerm } = damping(collection);
    const rows = this.#connection.all(
      FIND,
      index.id,
      base,
      perTerm,
      JSON.stringify([...weights]),
      JSON.stringify([...filters]),
      filters.size,
    );
    return rows.map((row) => ({
      id: textOf(row["id"]),
      json: textOf(row["json"]),
      size: numberOf(row["size"]),
      score: numberOf(row["score"]),
      creationTime: numberOf(row["created"]),
    }));
  }

  /** The terms that a search looks for, and how much each counts. */
  #weigh(
    index: SearchIndex,
    terms: readonly string[],
    { collection, limit }: { collection: Collection; limit: number },
  ): Map<string, number> {
    const exact = this.#postings.frequencies(index.id, terms);
    const begun = this.#postings.continuations(index.id, terms.at(-1) ?? "", limit).filter((term) => !exact.has(term));
    const others = this.#postings.frequencies(index.id, begun.slice(0, limit - exact.size));
    const weigh = (frequencies: Map<string, number>, boost: number) =>
      [...frequencies].map(([term, count]) => [term, boost * termWeight(collection, count)] as const);
    return new Map([...weigh(exact, 1), ...weigh(others, PREFIX_WEIGHT)]);
  }

  #collection(index: SearchIndex): Collection {
    const row = this.#connection.get("SELECT documents, terms FROM collections WHERE index_id = ?", index.id);
    return { documents: numberOf(row?.["documents"]), terms: numberOf(row?.["terms"]) };
  }

  #count(index: SearchIndex, documents: number, terms: number): void {
    if (documents === 0 && terms === 0) return;
    this.#connection.run(
      "UPDATE collections SET documents = documents + ?, terms = terms + ? WHERE index_id = ?",
      documents,
      terms,
      index.id,
    );
  }
}

/** What a search depends on. */
export function textReadOf(index: SearchIndex, { terms, filters }: SearchQuery): TextRead {
  return {
    index: index.id,
    terms,
    prefix: terms.at(-1) ?? "",
    filters: filters.map(({ field, value }) => ({ field, value: filterValue(value) })),
  };
}

function postingsOf({ terms, length, filters }: TextEntry): DocumentPostings {
  const rounded = roundLength(length);
  const ofText = [...terms].map(([term, count]) => [term, { count, length: rounded }] as const);
  return new Map([...ofText, ...filterPostings(filters)]);
}
