import type { Read, ReadRange } from "../types.ts";
import { type Meter, requireWithin } from "./meter.ts";

/**
 * What a transaction depends on: ranges of keys, and text searches. Ranges that touch each other are made one when there are too many:
 * production counts their union.
 * Invariant: every key that a reader saw, or would have seen had it existed, lies in a range.
 */
export class ReadSet {
  readonly #meter: Pick<Meter, "limits">;
  #closed: ReadRange[] = [];
  /** Ranges that their readers still widen. */
  readonly #open = new Set<ReadRange>();
  readonly #uncounted: Read[] = [];

  constructor(meter: Pick<Meter, "limits">) {
    this.#meter = meter;
  }

  get all(): Read[] {
    return [...this.#uncounted, ...this.#closed, ...this.#open];
  }

  /** How many queries the transaction made, as limits count them. */
  get size(): number {
    return union([...this.#closed, ...this.#open]).length;
  }

  /** Records a read that is no query of an ordered index. */
  addUncounted(read: Read): void {
    this.#uncounted.push(read);
  }

  add(range: ReadRange): void {
    this.#closed.push(range);
    this.#checkSize();
  }

  /** Records a range that its reader goes on widening (by writing to it) until it closes it. */
  open(range: ReadRange): void {
    this.#open.add(range);
    this.#checkSize();
  }

  close(range: ReadRange): void {
    if (this.#open.delete(range)) this.#closed.push(range);
  }

  #checkSize(): void {
    const { limits } = this.#meter;
    if (this.#closed.length + this.#open.size <= limits.databaseQueries) return;
    this.#closed = union(this.#closed);
    requireWithin(limits, "databaseQueries", this.size);
  }
}

/** The same keys in as few ranges as can be. */
function union(ranges: readonly ReadRange[]): ReadRange[] {
  const sorted = ranges.toSorted((a, b) => a.index - b.index || Buffer.compare(a.low, b.low));
  const merged: ReadRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last.index !== range.index || Buffer.compare(last.high, range.low) < 0) {
      merged.push({ ...range });
    } else if (Buffer.compare(last.high, range.high) < 0) last.high = range.high;
  }
  return merged;
}
