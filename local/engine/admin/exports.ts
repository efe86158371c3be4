import type { Store } from "../store/store.ts";
import { exportSnapshot } from "./snapshot-export.ts";

/** `timestamp` is that of the newest commit in it, nanoseconds. */
export type Snapshot = { timestamp: bigint; zip: Buffer };

/** The snapshot that was asked for last. It is kept in memory: asking again is cheap. */
export class Exports {
  readonly #store: Store;
  #latest: Snapshot | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  get latest(): Snapshot | null {
    return this.#latest;
  }

  request(options: { includeFiles: boolean }): void {
    this.#latest = { timestamp: this.#store.latestTimestamp(), zip: exportSnapshot(this.#store, options) };
  }
}
