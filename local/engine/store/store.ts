import type { Clock, Commit, ComponentPath, IndexWrite, SchemaJson } from "../types.ts";
import { BulkLoad } from "./bulk-load.ts";
import { Catalog } from "./catalog.ts";
import { numberOf, textOf } from "./columns.ts";
import { Connection } from "./connection.ts";
import { IndexRows } from "./index-rows.ts";
import { SchemaPush } from "./schema-push.ts";
import { SearchRows } from "./search-rows.ts";
import { type Shared, Transaction } from "./transaction.ts";

/** `file` is a path, or ":memory:". `synchronous` is SQLite's: with "NORMAL" a killed process loses nothing, a power cut may. */
export type StoreOptions = { file: string; synchronous?: "OFF" | "NORMAL" | "FULL"; clock: Clock };

/** A transaction that may commit: its timestamp if it does, and the newest creation time if it does not. */
type Attempt = { tx: Transaction; timestamp: bigint; creationTime: number };

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/**
 * All documents of all components, in one SQLite file.
 * Invariants: one transaction at a time, so that transactions are serial by construction; timestamps of commits only grow, over restarts
 * too; a commit is in the file before anybody hears of it.
 */
export class Store {
  readonly #shared: Shared;
  readonly #listeners = new Set<(commit: Commit) => void>();
  #timestamp: bigint;
  #reading = false;
  #held: Promise<void> | null = null;

  constructor({ file, synchronous = "NORMAL", clock }: StoreOptions) {
    const connection = new Connection({ file, synchronous });
    const search = new SearchRows(connection);
    const rows = new IndexRows(connection, search);
    const { timestamp, creationTime } = loadProgress(connection, clock);
    this.#timestamp = timestamp;
    this.#shared = {
      connection,
      catalog: new Catalog(connection),
      rows,
      search,
      clock,
      progress: { creationTime },
    };
  }

  /** The newest commit's timestamp, nanoseconds since the epoch. */
  latestTimestamp(): bigint {
    return this.#timestamp;
  }

  /**
   * Brings tables and indexes in line with the schemas, of all components given, in one transaction; null declares nothing. Throws a
   * `DeveloperError`, and changes nothing, when a schema breaks a rule or a document does not match it.
   */
  pushSchemas(schemas: ReadonlyMap<ComponentPath, SchemaJson | null>): void {
    const { connection, catalog, rows, search } = this.#shared;
    const push = new SchemaPush({ connection, catalog, rows, search });
    try {
      connection.transaction(() => {
        for (const [component, schema] of schemas) push.apply(component, schema);
      });
    } finally {
      catalog.reload();
    }
  }

  /** Reads one state of the store; `body` must not wait for anything. */
  read<T>(body: (tx: Transaction) => T): T {
    this.#requireIdle();
    this.#reading = true;
    try {
      return body(new Transaction(this.#shared, false));
    } finally {
      this.#reading = false;
    }
  }

  /**
   * Runs `body` as one transaction: when it throws, nothing has happened. `body` must not wait for anything. Without any write to a
   * document the timestamp is the latest one, and no commit is announced. A listener's error reaches the caller although the commit stands.
   */
  write<T>(body: (tx: Transaction) => T): { value: T; timestamp: bigint } {
    this.#requireIdle();
    const attempt = this.#begin();
    let value: T;
    try {
      value = this.#shared.connection.transaction(() => this.#seal(attempt, body(attempt.tx)));
    } catch (error) {
      this.#undo(attempt);
      throw error;
    }
    this.#announce(attempt.timestamp, attempt.tx.writes);
    return { value, timestamp: this.#timestamp };
  }

  /**
   * Loads whole tables as one transaction, which no limit counts: when `body` throws, nothing has happened. Everything that depends on a
   * table that it touched is announced as stale.
   */
  load<T>(body: (load: BulkLoad) => T): T {
    this.#requireIdle();
    const { connection, catalog, progress } = this.#shared;
    const { creationTime } = progress;
    const timestamp = this.#nextTimestamp();
    const load = new BulkLoad(this.#shared);
    let value: T;
    try {
      value = connection.transaction(() => {
        const loaded = body(load);
        this.#keepProgress(timestamp);
        return loaded;
      });
    } catch (error) {
      progress.creationTime = creationTime;
      throw error;
    } finally {
      catalog.reload();
    }
    this.#announce(timestamp, load.writes);
    return value;
  }

  /** The components that have tables, whether the app has them now or not. */
  components(): ComponentPath[] {
    return this.#shared.catalog.components();
  }

  /** Set while `hold` runs. Whoever comes meanwhile waits: `while (store.held !== null) await store.held;`. */
  get held(): Promise<void> | null {
    return this.#held;
  }

  /** As `write`, for a body that waits; every other use of the store throws until it ends. For tests: nothing is served meanwhile. */
  async hold<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#requireIdle();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    try {
      return await this.#holding(body);
    } finally {
      this.#held = null;
      resolve();
    }
  }

  /** Calls the listener after every commit, in order; gives a function that ends it. */
  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#shared.connection.close();
  }

  async #holding<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    const attempt = this.#begin();
    let value: T;
    try {
      value = await this.#shared.connection.heldTransaction(async () => this.#seal(attempt, await body(attempt.tx)));
    } catch (error) {
      this.#undo(attempt);
      throw error;
    }
    this.#announce(attempt.timestamp, attempt.tx.writes);
    return value;
  }

  #begin(): Attempt {
    const { creationTime } = this.#shared.progress;
    return { tx: new Transaction(this.#shared, true), timestamp: this.#nextTimestamp(), creationTime };
  }

  /** The last thing inside the transaction. */
  #seal<T>({ tx, timestamp }: Attempt, value: T): T {
    if (tx.writes.length === 0) return value;
    tx.resolveCommitTimestamps(timestamp);
    this.#keepProgress(timestamp);
    return value;
  }

  #keepProgress(timestamp: bigint): void {
    const { connection, progress } = this.#shared;
    connection.run("UPDATE progress SET timestamp = ?, creation_time = ?", timestamp, progress.creationTime);
  }

  #undo({ tx, creationTime }: Attempt): void {
    this.#shared.progress.creationTime = creationTime;
    tx.rollback();
  }

  #announce(timestamp: bigint, writes: readonly IndexWrite[]): void {
    if (writes.length === 0) return;
    this.#timestamp = timestamp;
    for (const listener of this.#listeners) listener({ timestamp, writes });
  }

  #nextTimestamp(): bigint {
    const now = nanoseconds(this.#shared.clock);
    return now > this.#timestamp ? now : this.#timestamp + 1n;
  }

  #requireIdle(): void {
    if (this.#reading || this.#shared.connection.inTransaction) throw new Error("a transaction is already running");
  }
}

/** A new file starts at the present time: its timestamps lie after those of a file that was wiped before. */
function loadProgress(connection: Connection, clock: Clock): { timestamp: bigint; creationTime: number } {
  connection.run("INSERT OR IGNORE INTO progress VALUES (1, ?, ?)", nanoseconds(clock), 0);
  const row = connection.get("SELECT CAST(timestamp AS TEXT) AS timestamp, creation_time FROM progress");
  return { timestamp: BigInt(textOf(row?.["timestamp"])), creationTime: numberOf(row?.["creation_time"]) };
}

function nanoseconds(clock: Clock): bigint {
  return BigInt(Math.floor(clock.now())) * NANOSECONDS_PER_MILLISECOND;
}
