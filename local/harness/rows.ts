import { DatabaseSync } from "node:sqlite";
import type { z } from "zod";

/** All rows of one of the app's tables, as they lie in the engine's file: what a crash left, asked of nobody. */
export function readRows<Row>(file: string, table: string, shape: z.ZodType<Row>): Row[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const rows = database
      .prepare(
        `SELECT json FROM documents JOIN tables ON tables.key = documents.table_key
         WHERE tables.component = '' AND tables.name = ?`,
      )
      .all(table);
    return rows.map(({ json }) => shape.parse(JSON.parse(String(json))));
  } finally {
    database.close();
  }
}
