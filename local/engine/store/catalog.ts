import type { ComponentPath, JsonObject } from "../types.ts";

/** An ordered index. `fields` ends with `_creationTime` and `_id` unless the index is `by_id`. */
export type Index = { id: number; name: string; fields: readonly string[] };
export type SearchIndex = {
  id: number;
  name: string;
  searchField: string;
  filterFields: readonly string[];
};
export type VectorIndex = {
  name: string;
  vectorField: string;
  dimensions: number;
  filterFields: readonly string[];
};

export type Table = {
  /** Unique over all components; rows are kept under it. */
  key: number;
  /** Part of the table's document ids; unique inside its component only. */
  number: number;
  component: ComponentPath;
  name: string;
  byId: Index;
  byCreationTime: Index;
  /** All ordered indexes by name, the two above included. */
  indexes: ReadonlyMap<string, Index>;
  searchIndexes: ReadonlyMap<string, SearchIndex>;
  vectorIndexes: ReadonlyMap<string, VectorIndex>;
  /** What every document must match; null when the schema does not say, or says not to check. */
  validator: JsonObject | null;
};
