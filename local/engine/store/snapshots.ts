import { statSync } from "node:fs";
import type { Clock } from "../types.ts";

/** A past state of the store, open for reading. */
export type Snapshot = { close(): void };

/** How long a state can be read after it was kept, milliseconds. */
export const SNAPSHOT_LIFE_MS = 30_000;
/** States that are kept at once; each has a connection of its own. */
const MOST_KEPT = 16;
/** While a state is kept SQLite cannot begin its log anew. One that grew beyond this costs more than old states are worth. */
export const LARGEST_LOG_BYTES = 256 * 1024 * 1024;
const TEND_EVERY_MS = 1000;

// Taken once, so that a test's fake timers never reach the engine by accident.
const { clearInterval, setInterval } = globalThis;

/**
 * Past states by their timestamps. Nothing is written for them: SQLite's log holds what a reader that began earlier sees. Of a
 * store in memory, which has no log, each is a copy.
 * Invariant: a state goes when its time is over, when newer ones need its place, or when the log becomes too large.
 */
export class Snapshots<Kept extends Snapshot> {
  readonly #options: { file: string; clock: Clock; open: () => Kept };
  /** In the order in which they were last kept. */
  readonly #kept = new Map<bigint, { snapshot: Kept; until: number }>();
  #tending: NodeJS.Timeout | undefined;

  /** `open` opens the present state. */
  constructor(options: { file: string; clock: Clock; open: () => Kept }) {
    this.#options = options;
  }

  /** Keeps the present state, whose timestamp this is, from now on for a while. */
  keep(timestamp: bigint): void {
    this.tend();
    const snapshot = this.#kept.get(timestamp)?.snapshot ?? this.#options.open();
    this.#kept.delete(timestamp);
    this.#kept.set(timestamp, { snapshot, until: this.#options.clock.now() + SNAPSHOT_LIFE_MS });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#drop(oldest);
    this.#tending ??= setInterval(() => this.tend(), TEND_EVERY_MS).unref();
  }

  /** Null when that state is not kept, or not any more. */
  find(timestamp: bigint): Kept | null {
    const kept = this.#kept.get(timestamp);
    return kept !== undefined && this.#options.clock.now() < kept.until ? kept.snapshot : null;
  }

  /** Lets go of what is kept no longer. */
  tend(): void {
    const now = this.#options.clock.now();
    const isLogTooLarge = this.#kept.size > 0 && sizeOf(`${this.#options.file}-wal`) > LARGEST_LOG_BYTES;
    for (const [timestamp, { until }] of this.#kept) if (isLogTooLarge || until <= now) this.#drop(timestamp);
    if (this.#kept.size > 0) return;
    clearInterval(this.#tending);
    this.#tending = undefined;
  }

  close(): void {
    for (const timestamp of this.#kept.keys()) this.#drop(timestamp);
    clearInterval(this.#tending);
  }

  #drop(timestamp: bigint): void {
    this.#kept.get(timestamp)?.snapshot.close();
    this.#kept.delete(timestamp);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
