import type { ReadRange } from "../types.ts";
import { MAX_RANGES_READ } from "../values/limits.ts";
import { OVER_LIMIT_HELP, ReadLimitError } from "./meter.ts";

/**
 * What a transaction depends on. Ranges that touch each other are made one when there are too many: production counts their union.
 * Invariant: every key that a reader saw, or would have seen had it existed, lies in a range.
 */
export class ReadSet {
  #closed: ReadRange[] = [];
  /** Ranges that their readers still widen. */
  readonly #open = new Set<ReadRange>();

  get ranges(): ReadRange[] {
    return [...this.#closed, ...this.#open];
  }

  get size(): number {
    return this.#closed.length + this.#open.size;
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
    if (this.size <= MAX_RANGES_READ) return;
    this.#closed = union(this.#closed);
    if (this.size > MAX_RANGES_READ) {
      throw new ReadLimitError(
        `Too many reads in a single function execution (limit: ${MAX_RANGES_READ}). ${OVER_LIMIT_HELP}`,
      );
    }
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
