import type { Clock } from "../types.ts";
import { numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;
/** How far ahead of what was given the file's bound is put, so that few commits have to move it. */
const AHEAD_MS = 1_000;

/**
 * The newest commit's timestamp (nanoseconds since the epoch) and the newest document's creation time (milliseconds): both only grow,
 * over restarts too.
 * Invariant: what the file says is never below what a commit in the file was given. After a kill both go on from there, up to a second ahead.
 */
export class Progress {
  timestamp: bigint;
  creationTime: number;
  readonly #connection: Connection;
  #bound = { timestamp: 0n, creationTime: 0 };

  /** A new file starts at the present time: its timestamps lie after those of a file that was wiped before. */
  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    connection.run("INSERT OR IGNORE INTO progress VALUES (1, ?, ?)", nanoseconds(clock.now()), 0);
    const row = connection.get("SELECT CAST(timestamp AS TEXT) AS timestamp, creation_time FROM progress");
    this.timestamp = BigInt(textOf(row?.["timestamp"]));
    this.creationTime = numberOf(row?.["creation_time"]);
  }

  /** The next commit's timestamp, if it happens. */
  next(clock: Clock): bigint {
    const now = nanoseconds(clock.now());
    return now > this.timestamp ? now : this.timestamp + 1n;
  }

  /** To be called inside the transaction of a commit with this timestamp. */
  cover(timestamp: bigint): void {
    const { creationTime } = this;
    if (timestamp <= this.#bound.timestamp && creationTime <= this.#bound.creationTime) return;
    this.#bound = { timestamp: timestamp + nanoseconds(AHEAD_MS), creationTime: creationTime + AHEAD_MS };
    this.#save(this.#bound);
  }

  /** After a rollback: what was covered in it is not any more. `creationTime` is what it was before. */
  restore(creationTime: number): void {
    this.creationTime = creationTime;
    this.#bound = { timestamp: 0n, creationTime: 0 };
  }

  /** Before the file is closed: the next start goes on from exactly here. */
  settle(): void {
    this.#save(this);
  }

  #save({ timestamp, creationTime }: { timestamp: bigint; creationTime: number }): void {
    this.#connection.run("UPDATE progress SET timestamp = ?, creation_time = ?", timestamp, creationTime);
  }
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.floor(ms)) * NANOSECONDS_PER_MILLISECOND;
}
