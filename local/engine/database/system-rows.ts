import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath, JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import type { RangeExpression } from "./query-json.ts";
import { openQuery } from "./query.ts";

/** The rows of a system table in index order, read as they are asked for. `index` is `table.index`. */
export function* scanIndex(
  tx: Transaction,
  component: ComponentPath,
  scan: { index: string; range: RangeExpression[] },
): Generator<JsonObject> {
  const source = { type: "IndexRange", indexName: scan.index, range: scan.range, order: "asc" } as const;
  const rows = openQuery({ tx, component, query: { source, operators: [] }, includePrivate: true });
  try {
    for (let row = rows.next(); row !== null; row = rows.next()) yield parseDocument(row);
  } finally {
    rows.close();
  }
}

/** At most `count` rows; nothing beyond them is read. */
export function take<T>(rows: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  if (count <= 0) return taken;
  for (const row of rows) {
    taken.push(row);
    if (taken.length === count) break;
  }
  return taken;
}
