import type { Row } from "../store/range-cursor.ts";

/** What a query draws its documents from. */
export type RowSource = {
  /** The next row; null at the end, and ever after. */
  next(): Row | null;
  /** No more rows will be taken. */
  close(): void;
};

/** The source of a query over a table that does not exist. */
export const NO_ROWS: RowSource = { next: () => null, close: () => undefined };
