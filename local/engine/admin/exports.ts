import type { Store } from "../store/store.ts";
import type { App } from "../types.ts";
import { exportSnapshot } from "./snapshot-export.ts";

/** `timestamp` is that of the newest commit in it, nanoseconds. */
export type Snapshot = { timestamp: bigint; zip: Buffer };

/** The snapshot that was asked for last. It is kept in memory: asking again is cheap. */
export class Exports {
  readonly #parts: { store: Store; app: () => App };
  #latest: Snapshot | null = null;

  constructor(parts: { store: Store; app: () => App }) {
    this.#parts = parts;
  }

  get latest(): Snapshot | null {
    return this.#latest;
  }

  request(options: { includeFiles: boolean }): void {
    const { store, app } = this.#parts;
    this.#latest = { timestamp: store.latestTimestamp(), zip: exportSnapshot({ store, app: app() }, options) };
  }
}
