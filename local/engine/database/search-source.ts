import { DeveloperError } from "../errors.ts";
import type { SearchIndex } from "../store/catalog.ts";
import type { Row } from "../store/range-cursor.ts";
import type { SearchQuery } from "../store/search-rows.ts";
import { tokenize } from "../store/tokens.ts";
import type { Transaction } from "../store/transaction.ts";
import { encodeKey, valueOf } from "../values/encoding.ts";
import { MAX_SEARCH_FILTERS, MAX_SEARCH_TERMS } from "../values/limits.ts";
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
 * The documents that a text search finds, best first.
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
      key: encodeKey([score, -creationTime, id]),
      json,
      size,
    }));
    return rows.filter((row) => isAfter(row, after) && (until === null || !isAfter(row, until)));
  }
}

/** Checks a search against its index, with production's messages, and reads its terms. `name` is `table.index`. */
export function compileSearch(name: string, index: SearchIndex, filters: readonly SearchExpression[]): SearchQuery {
  const [search, second] = filters.filter((filter) => filter.type === "Search");
  if (search === undefined) {
    throw new DeveloperError(
      `Search query against ${name} does not contain any search filters. Must include a search filter like \`q.search("${index.searchField}", searchText)\`.`,
    );
  }
  if (second !== undefined) {
    throw new DeveloperError(
      `Search query against ${name} contains multiple search filters against "${search.fieldPath}" and "${second.fieldPath}". Only one is allowed.`,
    );
  }
  if (search.fieldPath !== index.searchField) {
    throw new DeveloperError(
      `Search query against ${name} contains a search filter against "${search.fieldPath}", which doesn't match the indexed \`searchField\` "${index.searchField}".`,
    );
  }
  if (typeof search.value !== "string")
    throw new DeveloperError(`Search query against ${name} needs a text to search.`);
  const terms = tokenize(search.value).slice(0, MAX_SEARCH_TERMS);
  return { terms, filters: equalitiesOf(name, index, filters) };
}

function equalitiesOf(name: string, index: SearchIndex, filters: readonly SearchExpression[]): SearchQuery["filters"] {
  const equalities = filters.filter((filter) => filter.type === "Eq");
  if (equalities.length > MAX_SEARCH_FILTERS) {
    throw new DeveloperError(
      `Search query against ${name} has too many filter conditions. Max: ${MAX_SEARCH_FILTERS} Actual: ${equalities.length}`,
    );
  }
  const foreign = equalities.find((filter) => !index.filterFields.includes(filter.fieldPath));
  if (foreign !== undefined) {
    throw new DeveloperError(
      `Search query against ${name} contains an equality filter on "${foreign.fieldPath}" but that field isn't indexed for filtering in \`filterFields\`.`,
    );
  }
  return equalities.map(({ fieldPath, value }) => ({ field: fieldPath, value: valueOf(value) }));
}

function isAfter(row: Row, position: Position | null): boolean {
  if (position === null) return true;
  return position !== "end" && Buffer.compare(row.key, position.after) > 0;
}
