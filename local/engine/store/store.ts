import type { Clock, Commit, ComponentPath, SchemaJson } from "../types.ts";
import { Catalog } from "./catalog.ts";
import { Connection } from "./connection.ts";
import { IndexRows } from "./index-rows.ts";
import { Progress } from "./progress.ts";
import { SchemaPush } from "./schema-push.ts";
import { SearchRows } from "./search-rows.ts";
import { type Shared, Transaction } from "./transaction.ts";

/** `file` is a path, or ":memory:". `synchronous` is SQLite's: with "NORMAL" a killed process loses nothing, a power cut may. */
export type StoreOptions = { file: string; synchronous?: "OFF" | "NORMAL" | "FULL"; clock: Clock };

/** A transaction that may commit: its timestamp if it does, and the newest creation time if it does not. */
type Attempt = { tx: Transaction; timestamp: bigint; creationTime: number };

/**
 * All documents of all components, in one SQLite file.
 * Invariants: one transaction at a time, so that transactions are serial by construction; timestamps of commits only grow, over restarts
 * too; a commit is in the file before anybody hears of it.
 */
export class Store {
  readonly #shared: Shared;
  readonly #listeners = new Set<(commit: Commit) => void>();
  #reading = false;
  #held: Promise<void> | null = null;

  constructor({ file, synchronous = "NORMAL", clock }: StoreOptions) {
    const connection = new Connection({ file, synchronous });
    const search = new SearchRows(connection);
    const rows = new IndexRows(connection, search);
    this.#shared = {
      connection,
      catalog: new Catalog(connection),
      rows,
      search,
      clock,
      progress: new Progress(connection, clock),
    };
  }

  /** The newest commit's timestamp, nanoseconds since the epoch. */
  latestTimestamp(): bigint {
    return this.#shared.progress.timestamp;
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
    this.#announce(attempt);
    return { value, timestamp: this.latestTimestamp() };
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
    const { progress, connection } = this.#shared;
    try {
      progress.settle();
    } finally {
      connection.close();
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
    this.#announce(attempt);
    return value;
  }

  #begin(): Attempt {
    const { progress, clock } = this.#shared;
    const { creationTime } = progress;
    return { tx: new Transaction(this.#shared, true), timestamp: progress.next(clock), creationTime };
  }

  /** The last thing inside the transaction. */
  #seal<T>({ tx, timestamp }: Attempt, value: T): T {
    if (tx.writes.length === 0) return value;
    tx.resolveCommitTimestamps(timestamp);
    this.#shared.progress.cover(timestamp);
    return value;
  }

  #undo({ tx, creationTime }: Attempt): void {
    this.#shared.progress.creationTime = creationTime;
    this.#shared.progress.forget();
    tx.rollback();
  }

  #announce({ tx, timestamp }: Attempt): void {
    if (tx.writes.length === 0) return;
    this.#shared.progress.timestamp = timestamp;
    for (const listener of this.#listeners) listener({ timestamp, writes: tx.writes });
  }

  #requireIdle(): void {
    if (this.#reading || this.#shared.connection.inTransaction) throw new Error("a transaction is already running");
  }
}
