import { DeveloperError } from "../errors.ts";
import type { SearchIndex } from "../store/catalog.ts";
import type { Row } from "../store/range-cursor.ts";
import type { SearchQuery } from "../store/search-rows.ts";
import { tokenize } from "../store/tokens.ts";
import type { Transaction } from "../store/transaction.ts";
import type { Json } from "../types.ts";
import { encodeKey, valueOf } from "../values/encoding.ts";
import { MAX_SEARCH_CANDIDATES, MAX_SEARCH_FILTERS, MAX_SEARCH_TERMS } from "../values/limits.ts";
import type { Position } from "./cursors.ts";
import type { SearchExpression } from "./query-json.ts";
import type { RowSource } from "./rows.ts";

export type SearchOpening = {
  tx: Transaction;
  index: SearchIndex;
  query: SearchQuery;
  after: Position | null;
  until: Position | null;
};

/**
 * The documents that a text search finds, best first. Who takes as many as production considers, and asks for one more, is refused.
 * Invariant: keys ascend; equal scores stand newest first, so that a page can go on where another ended.
 */
export class SearchSource implements RowSource {
  readonly #opening: SearchOpening;
  #rows: Row[] | null = null;
  #position = 0;

  constructor(opening: SearchOpening) {
    this.#opening = opening;
  }

  next(): Row | null {
    if (this.#position === MAX_SEARCH_CANDIDATES) throw tooMany();
    this.#rows ??= this.#find();
    const row = this.#rows[this.#position];
    if (row === undefined) return null;
    this.#opening.tx.meter.countRead(row.size);
    this.#position++;
    return row;
  }

  close(): void {
    this.#rows = [];
  }

  #find(): Row[] {
    const { tx, index, query, after, until } = this.#opening;
    const rows = tx.search(index, query).map(({ id, json, size, score, creationTime }) => ({
      key: encodeKey([-score, -creationTime, id]),
      json,
      size,
    }));
    return rows.filter((row) => isAfter(row, after) && (until === null || !isAfter(row, until)));
  }
}

/** Checks a search against its index, with production's messages, and reads its terms. `name` is `table.index`. */
export function compileSearch(name: string, index: SearchIndex, filters: readonly SearchExpression[]): SearchQuery {
  const refuse = (problem: string) => new DeveloperError(`Search query against ${name} ${problem}`);
  let text: Json | undefined;
  for (const { type, fieldPath, value } of filters) {
    if (type === "Eq") {
      if (!index.filterFields.includes(fieldPath)) throw refuse(notFilterable(fieldPath));
    } else {
      if (fieldPath !== index.searchField) throw refuse(notSearchable(fieldPath, index.searchField));
      if (text !== undefined) throw refuse(searchedTwice(fieldPath));
      text = value;
    }
  }
  if (text === undefined) throw refuse(notSearched(index.searchField));
  if (typeof text !== "string") throw refuse("needs a text to search.");
  const equalities = filters.filter(({ type }) => type === "Eq");
  if (equalities.length > MAX_SEARCH_FILTERS) throw refuse(tooManyConditions(equalities.length));
  return {
    terms: tokenize(text).slice(0, MAX_SEARCH_TERMS),
    filters: equalities.map(({ fieldPath, value }) => ({ field: fieldPath, value: valueOf(value) })),
  };
}

function notFilterable(field: string): string {
  return `contains an equality filter on "${field}" but that field isn't indexed for filtering in \`filterFields\`.`;
}

function notSearchable(field: string, searchField: string): string {
  return `contains a search filter against "${field}", which doesn't match the indexed \`searchField\` "${searchField}".`;
}

function searchedTwice(field: string): string {
  return `contains multiple search filters against "${field}". Only one is allowed.`;
}

function notSearched(searchField: string): string {
  return `does not contain any search filters. You must include a search filter like \`q.search("${searchField}", searchText)\`.`;
}

function tooManyConditions(count: number): string {
  return `has too many filter conditions. Max: ${MAX_SEARCH_FILTERS} Actual: ${count}`;
}

function tooMany(): DeveloperError {
  return new DeveloperError(
    `Search query scanned too many documents (fetched ${MAX_SEARCH_CANDIDATES}). Consider using a smaller limit, paginating the query, or using a filter field to limit the number of documents pulled from the search index.`,
  );
}

function isAfter(row: Row, position: Position | null): boolean {
  if (position === null) return true;
  return position !== "end" && Buffer.compare(row.key, position.after) > 0;
}
