import type { ReadRange } from "../types.ts";
import { idOfKey } from "../values/encoding.ts";
import type { Index, Table } from "./catalog.ts";
import { bytesOf, numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { type Documents, Stored } from "./documents.ts";
import type { Meter } from "./meter.ts";
import type { ReadSet } from "./read-set.ts";
import { isSystemTable } from "./system-tables.ts";

/** One document of a scan: where it stands in the scanned order, and its JSON text. */
export type Row = { key: Buffer; json: string; size: number };

/** Keys from `low` up to but not including `high`. `batch` is how many rows the reader is likely to want. */
export type RangeScan = { table: Table; index: Index; low: Buffer; high: Buffer; descending: boolean; batch: number };

/** `documents` remembers what is read, for who is likely to change it; null when nobody can. */
type Resources = { connection: Connection; reads: ReadSet; meter: Meter; documents: Documents | null };

const MAX_BATCH = 256;
/** Appended to a key, it gives the next greater one. */
const NEXT = Buffer.from([0]);

const ASCENDING = scanSql("ASC");
const DESCENDING = scanSql("DESC");

/**
 * Reads a range of an ordered index, in batches.
 * Invariant: the range it records reaches exactly as far as the last row that was taken, and to the end once the end was seen.
 */
export class RangeCursor {
  readonly #scan: RangeScan;
  readonly #resources: Resources;
  readonly #read: ReadRange;
  /** What is not fetched yet. */
  #low: Buffer;
  #high: Buffer;
  #batch: Row[] = [];
  #position = 0;
  #size: number;
  #fetchedAll = false;
  #opened = false;

  constructor(scan: RangeScan, resources: Resources) {
    if (scan.batch < 1) throw new RangeError("a batch has at least one row");
    this.#scan = scan;
    this.#resources = resources;
    this.#low = scan.low;
    this.#high = scan.high;
    this.#size = Math.min(scan.batch, MAX_BATCH);
    const start = scan.descending ? scan.high : scan.low;
    this.#read = { index: scan.index.id, low: start, high: start };
  }

  /** The next row without taking it: neither counted nor recorded. Null at the end. */
  peek(): Row | null {
    if (this.#position === this.#batch.length && !this.#fetchedAll) this.#fetch();
    return this.#batch[this.#position] ?? null;
  }

  /** The next row; null at the end. Throws `ReadLimitError` when the row would be beyond a limit: it is then not taken. */
  next(): Row | null {
    this.#record();
    const row = this.peek();
    if (row === null) {
      this.#widenToEnd();
      return null;
    }
    this.#widenTo(row.key);
    if (!isSystemTable(this.#scan.table.name)) this.#resources.meter.countRead(row.size);
    this.#position++;
    return row;
  }

  /** No more rows will be taken. */
  close(): void {
    this.#resources.reads.close(this.#read);
    this.#batch = [];
    this.#position = 0;
    this.#fetchedAll = true;
  }

  #record(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#resources.reads.open(this.#read);
  }

  #fetch(): void {
    const { table, index, descending } = this.#scan;
    const { connection, documents } = this.#resources;
    const sql = descending ? DESCENDING : ASCENDING;
    const rows = connection.all(sql, index.id, this.#low, this.#high, this.#size);
    this.#batch = rows.map((row) => {
      const key = bytesOf(row["key"]);
      const stored = new Stored(numberOf(row["row"]), textOf(row["json"]), numberOf(row["size"]));
      documents?.meet(table, idOfKey(key), stored);
      return { key, json: stored.json, size: stored.size };
    });
    this.#position = 0;
    this.#fetchedAll = rows.length < this.#size;
    this.#size = Math.min(this.#size * 2, MAX_BATCH);
    const last = this.#batch.at(-1);
    if (last === undefined) return;
    if (descending) this.#high = last.key;
    else this.#low = Buffer.concat([last.key, NEXT]);
  }

  #widenTo(key: Buffer): void {
    if (this.#scan.descending) this.#read.low = key;
    else this.#read.high = Buffer.concat([key, NEXT]);
  }

  #widenToEnd(): void {
    this.#read.low = this.#scan.low;
    this.#read.high = this.#scan.high;
    this.close();
  }
}

/** The plus hides the limit from SQLite's planner, which would otherwise plan the statement anew for each value that is bound to it. */
function scanSql(order: "ASC" | "DESC"): string {
  return `SELECT e.key, d.row, d.json, d.size FROM entries AS e CROSS JOIN documents AS d ON d.row = e.row
    WHERE e.index_id = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${order} LIMIT +?`;
}
