import type { Read, Write } from "../types.ts";
import { getOrMake } from "./get-or-make.ts";
import { IntervalIndex } from "./interval-index.ts";
import { TextReaders } from "./text-readers.ts";

/**
 * Who read what a commit wrote?
 * Invariant: an owner is found by a write exactly when one of the reads that it has here covers it.
 */
export class Readers<Owner> {
  readonly #ranges = new Map<number, IntervalIndex<Owner>>();
  readonly #searches = new Map<number, TextReaders<Owner>>();

  /** True when nobody reads anything. */
  get isEmpty(): boolean {
    return this.#ranges.size === 0 && this.#searches.size === 0;
  }

  add(read: Read, owner: Owner): void {
    if ("terms" in read) getOrMake(this.#searches, read.index, () => new TextReaders()).add(read, owner);
    else getOrMake(this.#ranges, read.index, () => new IntervalIndex()).add(read, owner);
  }

  delete(read: Read, owner: Owner): void {
    if ("terms" in read) {
      const searches = this.#searches.get(read.index);
      searches?.delete(read, owner);
      if (searches?.isEmpty) this.#searches.delete(read.index);
    } else {
      const ranges = this.#ranges.get(read.index);
      ranges?.delete(read, owner);
      if (ranges?.isEmpty) this.#ranges.delete(read.index);
    }
  }

  /** Adds to `into` the owners of every read that covers the write. */
  collect(write: Write, into: Set<Owner>): void {
    const ranges = this.#ranges.get(write.index);
    const searches = this.#searches.get(write.index);
    if ("entry" in write) searches?.collect(write.entry, into);
    else if (write.key !== null) ranges?.collect(write.key, into);
    else {
      ranges?.collectAll(into);
      searches?.collectAll(into);
    }
  }
}
