/**
 * Work that waits for the event loop: each item once however often it is asked for. A turn takes a short slice of time, so that
 * re-running the sockets' queries never keeps them from being read, and one item at least.
 */
export class FlushQueue<Item> {
  readonly #waiting = new Set<Item>();
  readonly #options: FlushQueueOptions<Item>;
  #isScheduled = false;

  constructor(options: FlushQueueOptions<Item>) {
    this.#options = options;
  }

  add(item: Item): void {
    this.#waiting.add(item);
    this.#schedule();
  }

  delete(item: Item): void {
    this.#waiting.delete(item);
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.size === 0) return;
    this.#isScheduled = true;
    this.#options.defer(() => {
      this.#isScheduled = false;
      this.#flushSlice();
      this.#schedule();
    });
  }

  #flushSlice(): void {
    const { flush, sliceMs, now } = this.#options;
    const endsAt = now() + sliceMs;
    // Items that are added meanwhile come after these.
    let left = this.#waiting.size;
    for (const item of this.#waiting) {
      this.#waiting.delete(item);
      flush(item);
      left--;
      if (left === 0 || now() >= endsAt) return;
    }
  }
}

export type FlushQueueOptions<Item> = {
  /** Must not throw. */
  flush: (item: Item) => void;
  /** Runs a task in a later turn of the event loop. */
  defer: (task: () => void) => void;
  /** How long a turn may go on to another item, milliseconds. */
  sliceMs: number;
  /** Milliseconds, from any beginning. */
  now: () => number;
};
