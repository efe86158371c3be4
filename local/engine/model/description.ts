/** What a test asks of the engine and of the naive model alike. Values are Convex's own. */
import type { Value } from "convex/values";

export type Fields = { [field: string]: Value };
export type Document = Fields & { _id: string; _creationTime: number };

export type Order = "asc" | "desc";
export type Operand = { is: "value"; value: Value } | { is: "missing" };
export type Bound = { op: "eq" | "gt" | "gte" | "lt" | "lte"; field: string; operand: Operand };

export type Comparison = "eq" | "neq" | "lt" | "lte" | "gt" | "gte";
export type Arithmetic = "add" | "sub" | "mul" | "div" | "mod" | "neg";
export type Expression =
  | Operand
  | { is: "field"; path: string }
  | { is: "call"; op: Comparison | Arithmetic | "and" | "or" | "not"; of: Expression[] };

export type Page = { by: "page"; size: number; cursor: string | null; endCursor: string | null };
export type Ending = { by: "collect" } | { by: "first" } | { by: "unique" } | { by: "take"; count: number };

/** One query. Without an index it is the whole table in the order of creation. */
export type Asked<End = Ending | Page> = {
  table: string;
  index: { name: string; range: Bound[] } | null;
  order: Order | null;
  filter: Expression | null;
  end: End;
};

/**
 * One thing that a mutation does. `which` picks one of the documents that it knows, those that are gone included; who looks back reads
 * what was there before the mutation's first write.
 */
export type Step =
  | { do: "insert"; table: string; fields: Fields }
  | { do: "patch"; which: number; fields: Fields; without: string[] }
  | { do: "replace"; which: number; fields: Fields }
  | { do: "delete"; which: number }
  | { do: "read"; asked: Asked<Ending> }
  | { do: "look back"; asked: Asked<Ending> }
  | { do: "nest"; steps: Step[]; fails: boolean };

/** What became of a step; null for a document that is gone, or a nested mutation that failed. */
export type Written =
  | { document: Document | null }
  | { refused: true }
  | { read: Value }
  | { nested: Written[] | null };

export type FieldType = "null" | "number" | "bigint" | "boolean" | "string" | "bytes" | "array" | "object";
/** A table takes documents whose fields have these types; one that is not `required` may be missing. */
export type TableShape = {
  name: string;
  fields: { name: string; types: FieldType[]; required: boolean }[] | "any";
  indexes: { name: string; fields: string[] }[];
};
