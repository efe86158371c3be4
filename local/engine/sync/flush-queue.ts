/**
 * Work that waits for the event loop: each item once however often it is asked for, one item per turn, so that
 * re-running one socket's queries never keeps the others from being read.
 */
export class FlushQueue<Item> {
  readonly #waiting = new Set<Item>();
  readonly #flush: (item: Item) => void;
  readonly #defer: (task: () => void) => void;
  #isScheduled = false;

  /** `defer` runs a task in a later turn of the event loop; `flush` must not throw. */
  constructor(flush: (item: Item) => void, defer: (task: () => void) => void) {
    this.#flush = flush;
    this.#defer = defer;
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
    this.#defer(() => {
      this.#isScheduled = false;
      this.#flushOne();
      this.#schedule();
    });
  }

  #flushOne(): void {
    for (const item of this.#waiting) {
      this.#waiting.delete(item);
      this.#flush(item);
      return;
    }
  }
}
