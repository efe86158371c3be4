import { DeveloperError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";

export type RangeExpression = { type: "Eq" | "Gt" | "Gte" | "Lt" | "Lte"; fieldPath: string; value: Json };
export type SearchExpression = { type: "Search" | "Eq"; fieldPath: string; value: Json };
/** An order of null is ascending. */
export type Order = "asc" | "desc" | null;

/** `indexName` is `table.index`. */
export type Source =
  | { type: "FullTableScan"; tableName: string; order: Order }
  | { type: "IndexRange"; indexName: string; range: readonly RangeExpression[]; order: Order }
  | { type: "Search"; indexName: string; filters: readonly SearchExpression[] };

/** Operators apply one after the other: a limit before a filter counts documents that the filter drops. */
export type Operator = { filter: JsonObject } | { limit: number };
export type Query = { source: Source; operators: readonly Operator[] };

/** Reads a query as the client library serializes it. Throws a `DeveloperError` on anything else. */
export function parseQuery(json: Json | undefined): Query {
  const query = objectOf(json);
  return { source: parseSource(objectOf(query["source"])), operators: arrayOf(query["operators"]).map(parseOperator) };
}

function parseSource(source: JsonObject): Source {
  const { type, order } = source;
  if (type === "FullTableScan") {
    return { type, tableName: textOf(source["tableName"]), order: parseOrder(order) };
  }
  const indexName = textOf(source["indexName"]);
  if (type === "IndexRange") {
    return { type, indexName, range: arrayOf(source["range"]).map(parseRange), order: parseOrder(order) };
  }
  if (type !== "Search") throw malformed();
  return { type, indexName, filters: arrayOf(source["filters"]).map(parseSearch) };
}

function parseOrder(order: Json | undefined): Order {
  if (order === undefined || order === null) return null;
  if (order !== "asc" && order !== "desc") throw malformed();
  return order;
}

function parseRange(json: Json): RangeExpression {
  const { type, fieldPath, value } = objectOf(json);
  if (type !== "Eq" && type !== "Gt" && type !== "Gte" && type !== "Lt" && type !== "Lte") throw malformed();
  return { type, fieldPath: textOf(fieldPath), value: value ?? null };
}

function parseSearch(json: Json): SearchExpression {
  const { type, fieldPath, value } = objectOf(json);
  if (type !== "Search" && type !== "Eq") throw malformed();
  return { type, fieldPath: textOf(fieldPath), value: value ?? null };
}

function parseOperator(json: Json): Operator {
  const { limit, filter } = objectOf(json);
  if (limit === undefined) return { filter: objectOf(filter) };
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 0) throw malformed();
  return { limit };
}

export function objectOf(json: Json | undefined): JsonObject {
  if (json === undefined || json === null || typeof json !== "object" || Array.isArray(json)) throw malformed();
  return json;
}

export function arrayOf(json: Json | undefined): Json[] {
  if (!Array.isArray(json)) throw malformed();
  return json;
}

export function textOf(json: Json | undefined): string {
  if (typeof json !== "string") throw malformed();
  return json;
}

/** For what the client library never sends. */
export function malformed(): DeveloperError {
  return new DeveloperError("Invalid argument `query`: it is not a query of the client library.");
}
