import { DatabaseSync, type SQLInputValue, type StatementResultingChanges, type StatementSync } from "node:sqlite";
import { DeveloperError } from "../errors.ts";
import { findObstacle } from "./file-check.ts";
import { lockFile } from "./file-lock.ts";
import { explainWriteFault } from "./write-fault.ts";

type Row = ReturnType<StatementSync["all"]>[number];

/** `maxPages`, of 4 KiB each, is how large the file may get: beyond it a write fails as on a full disk. */
export type ConnectionOptions = { file: string; synchronous: "OFF" | "NORMAL" | "FULL"; maxPages?: number };

/** How long another process may hold the file before a write gives up, milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;
/** Pages (4 KiB) that the log holds before it is folded into the file; each folding waits for the disk. */
const CHECKPOINT_PAGES = 4_000;

/**
 * What SQLite keeps of the file in memory, KiB. Little: after a commit for which pages of an index changed places, one of ten or so,
 * it looks at each page that it keeps, and what it does not keep the operating system does.
 */
const CACHE_KIB = 4_096;
/** While much of the file is gone through in one transaction. */
const BULK_CACHE_KIB = 65_536;

/** Grows with every change of the layout that a file made before cannot follow. */
const LAYOUT_VERSION = 3;

const LAYOUT = `
  -- One row: no commit has a later timestamp (nanoseconds), and no document a later creation time (milliseconds).
  CREATE TABLE IF NOT EXISTS progress(
    only INTEGER PRIMARY KEY CHECK (only = 1), timestamp INTEGER NOT NULL, creation_time REAL NOT NULL);
  CREATE TABLE IF NOT EXISTS tables(
    key INTEGER PRIMARY KEY AUTOINCREMENT, component TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL,
    validator TEXT, UNIQUE (component, name), UNIQUE (component, number));
  -- kind: "ordered", "search" or "vector"; definition: what the schema says of it, as JSON.
  -- Ids are never used twice: a read range of a dropped index matches nothing.
  CREATE TABLE IF NOT EXISTS indexes(
    id INTEGER PRIMARY KEY AUTOINCREMENT, table_key INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    definition TEXT NOT NULL, UNIQUE (table_key, name));
  -- In the order in which they were made, whatever their ids: those of one transaction lie beside each other, on few pages.
  CREATE TABLE IF NOT EXISTS documents(
    row INTEGER PRIMARY KEY, table_key INTEGER NOT NULL, json TEXT NOT NULL, size INTEGER NOT NULL);
  -- One row for each document and ordered index; by_id's are how a document is found.
  CREATE TABLE IF NOT EXISTS entries(
    index_id INTEGER NOT NULL, key BLOB NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (index_id, key)) WITHOUT ROWID;
  -- Which documents have a term: of a text, with how often it stands there and how long the text is, or of a filter field.
  CREATE TABLE IF NOT EXISTS postings(
    index_id INTEGER NOT NULL, term TEXT NOT NULL, row INTEGER NOT NULL, count INTEGER NOT NULL, length INTEGER NOT NULL,
    PRIMARY KEY (index_id, term, row)) WITHOUT ROWID;
  -- One row for each search index: how many documents its table has, and how many terms they have together.
  CREATE TABLE IF NOT EXISTS collections(index_id INTEGER PRIMARY KEY, documents INTEGER NOT NULL, terms INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS responses(
    session TEXT NOT NULL, request INTEGER NOT NULL, response TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (session, request)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS responses_by_age ON responses(at);
  CREATE TABLE IF NOT EXISTS files(id TEXT PRIMARY KEY, bytes BLOB NOT NULL);
`;

/**
 * The SQLite file. Statements are prepared once and kept.
 * Invariants: no other process has the file open; at most one transaction is open, and inside it savepoints nest; whoever opened one
 * closes it.
 */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #unlock: () => void;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  /** Opens a file, or ":memory:", and makes it if there is none. Throws a `DeveloperError` that says why it cannot be. */
  static open(options: ConnectionOptions): Connection {
    const { file } = options;
    let unlock = () => {};
    try {
      if (file !== ":memory:") {
        unlock = lockFile(file);
        refuseObstacle(file);
      }
      return new Connection(openDatabase(options), unlock);
    } catch (error) {
      unlock();
      throw cannotOpen(file, error);
    }
  }

  /** A connection that sees the file as it is now for as long as it is open, and cannot write. Not for ":memory:". */
  static openSnapshot(file: string): Connection {
    const connection = new Connection(new DatabaseSync(file, { readOnly: true }), () => {});
    connection.exec("PRAGMA temp_store = MEMORY; BEGIN");
    // A transaction sees the file as it is at its first look.
    connection.get("SELECT 1 FROM progress");
    return connection;
  }

  /** What a snapshot is of ":memory:": a copy, which takes as much room again. */
  copy(): Connection {
    const database = new DatabaseSync(":memory:");
    database.deserialize(this.#database.serialize());
    database.exec("PRAGMA temp_store = MEMORY; PRAGMA query_only = ON");
    return new Connection(database, () => {});
  }

  private constructor(database: DatabaseSync, unlock: () => void) {
    this.#database = database;
    this.#unlock = unlock;
  }

  /** True inside `transaction`. */
  get inTransaction(): boolean {
    return this.#depth > 0;
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.#change(sql, values);
  }

  /** Runs an INSERT and gives the new row's number. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#change(sql, values).lastInsertRowid);
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  /** Statements that change the file's layout are not kept. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** All of what `body` writes is kept, or nothing; the transaction takes the write lock at once. */
  transaction<T>(body: () => T): T {
    if (this.#depth > 0) throw new Error("a transaction is already running");
    return this.#enclosed({ open: "BEGIN IMMEDIATE", keep: "COMMIT", undo: "ROLLBACK" }, body);
  }

  /** As `transaction`, for a body that goes through much of the file. */
  bulkTransaction<T>(body: () => T): T {
    this.exec(`PRAGMA cache_size = -${BULK_CACHE_KIB}`);
    try {
      return this.transaction(body);
    } finally {
      this.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    }
  }

  /** As `transaction`, for a body that waits: until it ends, nobody else can begin one. */
  async heldTransaction<T>(body: () => Promise<T>): Promise<T> {
    if (this.#depth > 0) throw new Error("a transaction is already running");
    this.run("BEGIN IMMEDIATE");
    this.#depth++;
    try {
      const value = await body();
      this.run("COMMIT");
      return value;
    } catch (error) {
      if (this.#database.isTransaction) this.run("ROLLBACK");
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** A part of the running transaction that can fail alone. */
  savepoint<T>(body: () => T): T {
    if (this.#depth === 0) throw new Error("a savepoint needs a transaction");
    const name = `savepoint_${this.#depth}`;
    return this.#enclosed({ open: `SAVEPOINT ${name}`, keep: `RELEASE ${name}`, undo: `ROLLBACK TO ${name}` }, body);
  }

  /** A part of the running transaction that gives something and leaves nothing: all that it writes is undone. */
  undone<T>(body: () => T): T {
    if (this.#depth === 0) throw new Error("what is to be undone needs a transaction");
    const name = `undone_${this.#depth}`;
    this.run(`SAVEPOINT ${name}`);
    this.#depth++;
    try {
      return body();
    } finally {
      this.#depth--;
      if (this.#database.isTransaction) {
        this.run(`ROLLBACK TO ${name}`);
        this.run(`RELEASE ${name}`);
      }
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
    this.#unlock();
  }

  #enclosed<T>({ open, keep, undo }: { open: string; keep: string; undo: string }, body: () => T): T {
    this.run(open);
    this.#depth++;
    try {
      const value = body();
      this.run(keep);
      return value;
    } catch (error) {
      // Some failures (a full disk) end the transaction by themselves.
      if (this.#database.isTransaction) {
        this.run(undo);
        if (this.#depth > 1) this.run(keep);
      }
      throw error;
    } finally {
      this.#depth--;
    }
  }

  #change(sql: string, values: SQLInputValue[]): StatementResultingChanges {
    try {
      return this.#statement(sql).run(...values);
    } catch (error) {
      throw explainWriteFault(error);
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function refuseObstacle(file: string): void {
  const obstacle = findObstacle(file, LAYOUT_VERSION);
  if (obstacle !== null) throw new Error(obstacle);
}

function openDatabase({ file, synchronous, maxPages }: ConnectionOptions): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    // What a savepoint could have to restore is kept in memory: else each one that is larger than 64 KiB makes a file for it.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -${CACHE_KIB}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`);
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`);
    // A file that has its layout is only read: it can be opened on a full disk, too.
    const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
    if (version !== LAYOUT_VERSION) database.exec(`${LAYOUT} PRAGMA user_version = ${LAYOUT_VERSION};`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function cannotOpen(file: string, error: unknown): DeveloperError {
  if (error instanceof DeveloperError) return error;
  const explained = explainWriteFault(error);
  const reason = explained instanceof Error ? explained.message : String(explained);
  if (explained !== error) return new DeveloperError(`The database ${file} cannot be opened. ${reason}`);
  return new DeveloperError(
    `The database ${file} cannot be opened: ${reason}. Nothing in it was changed. Move the file away to begin anew.`,
  );
}
