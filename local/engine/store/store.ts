import type { Clock, Commit, ComponentPath, Write, SchemaJson } from "../types.ts";
import { BulkLoad } from "./bulk-load.ts";
import { Catalog } from "./catalog.ts";
import { Connection } from "./connection.ts";
import { IndexRows } from "./index-rows.ts";
import { Postings } from "./postings.ts";
import { Progress } from "./progress.ts";
import { SchemaPush } from "./schema-push.ts";
import { SearchRows } from "./search-rows.ts";
import { Snapshots } from "./snapshots.ts";
import { type Shared, Transaction } from "./transaction.ts";
import { VectorRows } from "./vector-rows.ts";

/**
 * `file` is a path, or ":memory:". `synchronous` is SQLite's: with "NORMAL" a killed process loses nothing, a power cut may. A file
 * that has reached `maxPages`, of 4 KiB each, takes no more, as on a full disk.
 */
export type StoreOptions = { file: string; synchronous?: "OFF" | "NORMAL" | "FULL"; maxPages?: number; clock: Clock };

/** One state of the store; `body` must not wait for anything. */
export type Reader = { read<T>(body: (tx: Transaction) => T): T };

/** A transaction that may commit: its timestamp if it does, and the newest creation time if it does not. */
type Attempt = { tx: Transaction; timestamp: bigint; creationTime: number };

/**
 * All documents of all components, in one SQLite file.
 * Invariants: one transaction at a time, so that transactions are serial by construction; timestamps of commits only grow, over restarts
 * too; a commit is in the file before anybody hears of it.
 */
export class Store implements Reader {
  readonly #shared: Shared;
  readonly #listeners = new Set<(commit: Commit) => void>();
  readonly #progress: Progress;
  readonly #snapshots: Snapshots<PastState>;
  #reading = false;
  #held: Promise<void> | null = null;

  constructor({ file, synchronous = "NORMAL", clock, ...rest }: StoreOptions) {
    const connection = Connection.open({ file, synchronous, ...rest });
    const progress = new Progress(connection, clock);
    this.#progress = progress;
    this.#shared = share({ connection, clock, progress });
    const open = () => {
      const { timestamp, creationTime } = progress;
      const past = file === ":memory:" ? connection.copy() : Connection.openSnapshot(file);
      return new PastState(share({ connection: past, clock, progress: { timestamp, creationTime } }));
    };
    this.#snapshots = new Snapshots({ file, clock, open });
  }

  /** The newest commit's timestamp, nanoseconds since the epoch. */
  latestTimestamp(): bigint {
    return this.#progress.timestamp;
  }

  /**
   * Brings tables and indexes in line with the schemas, of all components given, in one transaction; null declares nothing. Throws a
   * `DeveloperError`, and changes nothing, when a schema breaks a rule or a document does not match it.
   */
  pushSchemas(schemas: ReadonlyMap<ComponentPath, SchemaJson | null>): void {
    const { connection, catalog } = this.#shared;
    const push = new SchemaPush(this.#shared);
    try {
      connection.bulkTransaction(() => {
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

  /** Gives the latest timestamp, and keeps its state readable for a while. */
  keepTimestamp(): bigint {
    this.#requireIdle();
    const timestamp = this.latestTimestamp();
    this.#snapshots.keep(timestamp);
    return timestamp;
  }

  /** The state at a timestamp: the latest one, or one that `keepTimestamp` gave not long ago. Null for any other. */
  at(timestamp: bigint): Reader | null {
    return timestamp === this.latestTimestamp() ? this : this.#snapshots.find(timestamp);
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
    return { value, timestamp: this.latestTimestamp() };
  }

  /**
   * Loads whole tables as one transaction, which no limit counts: when `body` throws, nothing has happened. Everything that depends on a
   * table that it touched is announced as stale.
   */
  load<T>(body: (load: BulkLoad) => T): T {
    this.#requireIdle();
    const { connection, catalog, clock } = this.#shared;
    const { creationTime } = this.#progress;
    const timestamp = this.#progress.next(clock);
    const load = new BulkLoad(this.#shared);
    let value: T;
    try {
      value = connection.bulkTransaction(() => {
        const loaded = body(load);
        this.#progress.cover(timestamp);
        return loaded;
      });
    } catch (error) {
      this.#progress.restore(creationTime);
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
    this.#snapshots.close();
    try {
      this.#progress.settle();
    } finally {
      this.#shared.connection.close();
    }
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
    const { creationTime } = this.#progress;
    const timestamp = this.#progress.next(this.#shared.clock);
    return { tx: new Transaction(this.#shared, true), timestamp, creationTime };
  }

  /** The last thing inside the transaction. */
  #seal<T>({ tx, timestamp }: Attempt, value: T): T {
    if (tx.writes.length === 0) return value;
    tx.resolveCommitTimestamps(timestamp);
    this.#progress.cover(timestamp);
    return value;
  }

  #undo({ tx, creationTime }: Attempt): void {
    this.#progress.restore(creationTime);
    tx.rollback();
  }

  #announce(timestamp: bigint, writes: readonly Write[]): void {
    if (writes.length === 0) return;
    this.#progress.timestamp = timestamp;
    for (const listener of this.#listeners) listener({ timestamp, writes });
  }

  #requireIdle(): void {
    if (this.#reading || this.#shared.connection.inTransaction) throw new Error("a transaction is already running");
  }
}

/** A past state, on a connection of its own. Tables and indexes are those of that time. */
class PastState implements Reader {
  readonly #shared: Shared;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  read<T>(body: (tx: Transaction) => T): T {
    return body(new Transaction(this.#shared, false));
  }

  close(): void {
    this.#shared.connection.close();
  }
}

function share(parts: Pick<Shared, "connection" | "clock" | "progress">): Shared {
  const { connection } = parts;
  const postings = new Postings(connection);
  const search = new SearchRows(connection, postings);
  const vectors = new VectorRows(connection, postings);
  const rows = new IndexRows({ connection, search, vectors });
  return { ...parts, catalog: new Catalog(connection), rows, search, vectors };
}
