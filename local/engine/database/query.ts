import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath, Json, JsonObject } from "../types.ts";

export type RangeExpression = {
  type: "Eq" | "Gt" | "Gte" | "Lt" | "Lte";
  fieldPath: string;
  value: Json;
};
export type Source =
  | { type: "FullTableScan"; tableName: string; order: "asc" | "desc" | null }
  | {
      type: "IndexRange";
      indexName: string;
      range: RangeExpression[];
      order: "asc" | "desc" | null;
    }
  | {
      type: "Search";
      indexName: string;
      filters: { type: "Search" | "Eq"; fieldPath: string; value: Json }[];
    };
export type Query = { source: Source; operators: ({ filter: Json } | { limit: number })[] };

/** Documents of a query, in order, as JSON text; null at the end. */
export type DocumentStream = { next(): string | null };

export declare function openQuery(tx: Transaction, component: ComponentPath, query: Query): DocumentStream;
export declare function parseDocument(json: string): JsonObject;
