import { DeveloperError } from "../errors.ts";
import type { Index, Table } from "../store/catalog.ts";
import { isPrivateTable } from "../store/system-tables.ts";
import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath } from "../types.ts";
import type { Position } from "./cursors.ts";
import { DocumentStream } from "./document-stream.ts";
import type { Order, Query, SearchExpression, Source } from "./query-json.ts";
import { type KeyRange, compileRange } from "./ranges.ts";
import { NO_ROWS, type RowSource } from "./rows.ts";
import { SearchSource, compileSearch } from "./search-source.ts";

export type QueryOpening = {
  tx: Transaction;
  component: ComponentPath;
  query: Query;
  /** Also tables that functions never see: for the engine itself. */
  includePrivate?: boolean;
};

/** The part of a query that a page reads: rows after one position up to and including another. */
export type Window = { after: Position | null; until: Position | null };

/** A source that is checked but not open: `fields` are those of its index, for the query's fingerprint. */
export type PlannedSource = { fields: readonly string[]; open(window: Window): RowSource };

const EVERYTHING: Window = { after: null, until: null };
/** Rows fetched at once by a query that does not say how many it wants. */
const DEFAULT_BATCH = 32;
/** What tables have that do not exist yet. */
const INBORN_INDEXES: { readonly [name: string]: readonly string[] } = {
  by_id: ["_id"],
  by_creation_time: ["_creationTime", "_id"],
};
/** Keys after the last one, hence no keys. */
const NEXT = Buffer.from([0]);

/**
 * Opens a query over one component's tables. Errors of the query (an unknown index, a range that the index cannot serve) are thrown
 * here, as `DeveloperError`; those of its filters when rows are taken. Close the stream unless it was read to its end.
 */
export function openQuery(opening: QueryOpening): DocumentStream {
  const { source, operators } = opening.query;
  return new DocumentStream(
    planSource({ ...opening, source, batch: batchOf(opening.query) }).open(EVERYTHING),
    operators,
  );
}

type Planning = Omit<QueryOpening, "query"> & { source: Source; batch: number };

/** Checks a source against the schema. */
export function planSource(planning: Planning): PlannedSource {
  const { source } = planning;
  if (source.type === "FullTableScan") {
    return planRange({
      ...planning,
      source: { ...source, indexName: `${source.tableName}.by_creation_time`, range: [] },
    });
  }
  return source.type === "IndexRange" ? planRange({ ...planning, source }) : planSearch({ ...planning, source });
}

type RangeSource = Omit<Source & { type: "IndexRange" }, "type">;

function planRange({ source, ...planning }: Omit<Planning, "source"> & { source: RangeSource }): PlannedSource {
  const { indexName, range, order } = source;
  const { table, index } = splitName(indexName);
  const found = findTable(planning, table);
  const known = found?.indexes.get(index);
  const fields = known?.fields ?? (found === null ? INBORN_INDEXES[index] : undefined);
  requireEnabled(found, index);
  if (fields === undefined) throw noSuchIndex(found, index, { indexName, kind: "database" });
  const keys = compileRange({ name: indexName, fields, range });
  if (found === null || known === undefined) return { fields, open: () => NO_ROWS };
  const { tx, batch } = planning;
  return { fields, open: (window) => openRange({ tx, table: found, index: known, keys, order, batch, window }) };
}

type RangeOpening = {
  tx: Transaction;
  table: Table;
  index: Index;
  keys: KeyRange;
  order: Order;
  batch: number;
  window: Window;
};

function openRange({ tx, table, index, keys, order, batch, window }: RangeOpening): RowSource {
  if (window.after === "end") return NO_ROWS;
  const descending = order === "desc";
  let { low, high } = keys;
  if (window.after !== null) {
    if (descending) high = least(high, window.after.after);
    else low = greatest(low, nextKey(window.after.after));
  }
  if (window.until !== null && window.until !== "end") {
    if (descending) low = greatest(low, window.until.after);
    else high = least(high, nextKey(window.until.after));
  }
  return Buffer.compare(low, high) >= 0 ? NO_ROWS : tx.scan({ table, index, low, high, descending, batch });
}

function planSearch({ source, ...planning }: Omit<Planning, "source"> & { source: SearchOf }): PlannedSource {
  const { indexName, filters } = source;
  const { table, index } = splitName(indexName);
  const found = findTable(planning, table);
  const known = found?.searchIndexes.get(index);
  requireEnabled(found, index);
  if (known === undefined) throw noSuchIndex(found, index, { indexName, kind: "search" });
  const query = compileSearch(indexName, known, filters);
  const { tx } = planning;
  return {
    fields: [],
    open: (window) => new SearchSource({ tx, index: known, query, ...window }),
  };
}

type SearchOf = { indexName: string; filters: readonly SearchExpression[] };

function findTable({ tx, component, includePrivate }: Omit<Planning, "source">, name: string): Table | null {
  if (isPrivateTable(name) && includePrivate !== true) return null;
  return tx.table(component, name);
}

/** How many rows the first fetch should bring: as many as a leading limit lets through. */
function batchOf({ operators }: Query): number {
  const [first] = operators;
  return first !== undefined && "limit" in first ? Math.max(1, first.limit) : DEFAULT_BATCH;
}

export function splitName(indexName: string): { table: string; index: string } {
  const dot = indexName.indexOf(".");
  if (dot === -1) throw indexNotFound(indexName);
  return { table: indexName.slice(0, dot), index: indexName.slice(dot + 1) };
}

/** Throws what production says of an index of this table that is staged. */
export function requireEnabled(table: Table | null, index: string): void {
  if (table?.staged.has(index) !== true) return;
  throw new DeveloperError(
    `Index ${table.name}.${index} is currently staged and not available to query until it is enabled.`,
  );
}

/** What production says of an index that a table does not have in the kind that a query needs; `table` is null when there is none. */
export function noSuchIndex(
  table: Table | null,
  index: string,
  { indexName, kind }: { indexName: string; kind: "database" | "search" | "vector" },
): DeveloperError {
  const kinds = table === null ? [] : [table.indexes, table.searchIndexes, table.vectorIndexes];
  if (!kinds.some((indexes) => indexes.has(index))) return indexNotFound(indexName);
  return new DeveloperError(`Index ${indexName} is not a ${kind} index`);
}

function indexNotFound(indexName: string): DeveloperError {
  return new DeveloperError(`Index ${indexName} not found.`);
}

function nextKey(key: Buffer): Buffer {
  return Buffer.concat([key, NEXT]);
}

function least(a: Buffer, b: Buffer): Buffer {
  return Buffer.compare(a, b) <= 0 ? a : b;
}

function greatest(a: Buffer, b: Buffer): Buffer {
  return Buffer.compare(a, b) >= 0 ? a : b;
}
