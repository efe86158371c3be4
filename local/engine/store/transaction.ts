import type { Clock, ComponentPath, JsonObject, Read, Write } from "../types.ts";
import { type Extent, sortFields } from "../values/documents.ts";
import { encodeKey, EVERY_KEY, prefixEnd } from "../values/encoding.ts";
import { decodeId, encodeId } from "../values/ids.ts";
import { CATALOG_INDEX, type Catalog, type SearchIndex, type Table, type VectorIndex } from "./catalog.ts";
import { numberOf } from "./columns.ts";
import { hasPlaceholder, resolvePlaceholders } from "./commit-timestamp.ts";
import type { Connection } from "./connection.ts";
import { requireFit } from "./document-fit.ts";
import { Documents, type Stored } from "./documents.ts";
import { Files } from "./files.ts";
import type { Change, IndexRows } from "./index-rows.ts";
import type { Usage } from "./limit-messages.ts";
import { limitsWithin, Meter } from "./meter.ts";
import { RangeCursor, type RangeScan } from "./range-cursor.ts";
import { ReadSet } from "./read-set.ts";
import { Responses } from "./responses.ts";
import { type SearchHit, type SearchQuery, type SearchRows, textReadOf } from "./search-rows.ts";
import { isSystemTable } from "./system-tables.ts";
import type { VectorHit, VectorQuery, VectorRows } from "./vector-rows.ts";

/** What all transactions of a store share: `timestamp` is the newest commit's (nanoseconds), `creationTime` the newest document's (milliseconds). */
export type Shared = {
  connection: Connection;
  catalog: Catalog;
  rows: IndexRows;
  search: SearchRows;
  vectors: VectorRows;
  clock: Clock;
  progress: { readonly timestamp: bigint; creationTime: number };
};

/** Steps of `_creationTime` inside one millisecond. A power of two, so that adding it is exact. */
const CREATION_TIME_STEP = 1 / 1024;

/**
 * One read or write of the store; lives no longer than the call that made it.
 * Invariants: every stored document matches its table's validator and the limits of one document; `reads` covers all that was looked at,
 * misses and what a failed subtransaction read included; what a failed subtransaction wrote is nowhere, neither in the file nor in memory.
 */
export class Transaction {
  readonly writable: boolean;
  /** Set by who tells the function its caller's identity: the result then holds for that identity alone. */
  usedIdentity = false;
  readonly files: Files;
  readonly #shared: Shared;
  /** What it used of its limits. */
  readonly meter = new Meter();
  readonly #reads = new ReadSet(this.meter);
  readonly #responses: Responses;
  readonly #documents: Documents;
  #writes: Write[] = [];
  /** How to get back to the state that this transaction began with, from the last change to the first. */
  #changes: StoredChange[] = [];
  #madeTables: Table[] = [];
  /** Documents that were written with a commit timestamp still to come. */
  #unresolved: { table: Table; id: string }[] = [];

  constructor(shared: Shared, writable: boolean) {
    this.#shared = shared;
    this.writable = writable;
    this.files = new Files(shared.connection);
    this.#responses = new Responses(shared.connection, shared.clock);
    this.#documents = new Documents(shared.connection);
  }

  get reads(): readonly Read[] {
    return this.#reads.all;
  }

  get writes(): readonly Write[] {
    return this.#writes;
  }

  /** The newest commit that this transaction sees. */
  get snapshotTimestamp(): bigint {
    return this.#shared.progress.timestamp;
  }

  get usage(): Usage {
    return { ...this.meter.usage, databaseQueries: this.#reads.size };
  }

  /** What production would say to the limits that this transaction came near. */
  get warnings(): string[] {
    return this.meter.warnings(this.#reads.size);
  }

  /** Null when there is no such table, which counts as read: the table's first document changes the answer. */
  table(component: ComponentPath, name: string): Table | null {
    const table = this.#shared.catalog.table(component, name);
    if (table === null) this.#readCatalog(encodeKey([component, name]));
    return table;
  }

  /** All tables of a component, which counts as read: a new one changes the answer. */
  tables(component: ComponentPath): Table[] {
    this.#readCatalog(encodeKey([component]));
    return this.#shared.catalog.tablesOf(component);
  }

  /** The table, made now unless it is there. */
  ensureTable(component: ComponentPath, name: string): Table {
    const known = this.#shared.catalog.table(component, name);
    if (known !== null) return known;
    this.#requireWritable();
    const table = this.#shared.catalog.create(component, name);
    this.#madeTables.push(table);
    this.#writes.push({ index: CATALOG_INDEX, key: encodeKey([component, name]) });
    return table;
  }

  /** The table that an id of this component names; null when the text is no id, or its table is unknown. */
  tableNameOf(component: ComponentPath, id: string): string | null {
    const decoded = decodeId(id);
    if (decoded === null) return null;
    const table = this.#shared.catalog.tableNumbered(component, decoded.tableNumber);
    if (table === null) this.#readCatalog(encodeKey([component]));
    return table?.name ?? null;
  }

  /** A document as it is kept; null when there is none. */
  find(table: Table, id: string): Stored | null {
    const low = encodeKey([id]);
    this.#reads.add({ index: table.byId.id, low, high: prefixEnd(low) });
    const stored = this.#documents.find(table, id);
    if (stored !== null && !isSystemTable(table.name)) this.meter.countRead(stored.size);
    return stored;
  }

  /** A document's JSON text; null when there is none. */
  get(table: Table, id: string): string | null {
    return this.find(table, id)?.json ?? null;
  }

  /** Rows of an ordered index. Close the cursor, or take its rows to the end. */
  scan(scan: RangeScan): RangeCursor {
    return new RangeCursor(scan, {
      connection: this.#shared.connection,
      reads: this.#reads,
      meter: this.meter,
      documents: this.writable ? this.#documents : null,
    });
  }

  /**
   * The best matches of a text search; any later write to a document that matches counts as a change of the answer. Other
   * documents can still change how matches rank against each other, a little: there it is as in production, the search does not hear of it.
   */
  search(index: SearchIndex, query: SearchQuery): SearchHit[] {
    if (query.terms.length === 0) return [];
    this.#reads.addUncounted(textReadOf(index, query));
    return this.#shared.search.find(index, query);
  }

  /** The nearest vectors. Only actions ask, who depend on nothing: it is not noted as read. */
  searchVectors(index: VectorIndex, query: VectorQuery): VectorHit[] {
    return this.#shared.vectors.find(index, query);
  }

  /** How many documents a table has; any insertion or removal changes the answer. */
  count(table: Table): number {
    this.#reads.add({ index: table.byCreationTime.id, ...EVERY_KEY });
    const { byCreationTime } = table;
    const row = this.#shared.connection.get(
      "SELECT count(*) AS count FROM entries WHERE index_id = ?",
      byCreationTime.id,
    );
    return numberOf(row?.["count"]);
  }

  /** Stores a new document and gives its id. Throws a `DeveloperError` when it may not be stored. */
  insert(table: Table, fields: JsonObject): string {
    this.#requireWritable();
    const id = encodeId(table.number);
    this.#put({
      table,
      id,
      stored: null,
      before: null,
      after: { ...fields, _id: id, _creationTime: nextCreationTime(this.#shared) },
    });
    return id;
  }

  /**
   * Stores a document in the place of the one with this id, which must exist; `_id` and `_creationTime` stay what they are. Gives its
   * JSON text.
   */
  replace(table: Table, id: string, document: JsonObject): string {
    this.#requireWritable();
    const stored = this.#require(table, id);
    const before = stored.document;
    const after = { ...document, _id: id, _creationTime: before["_creationTime"] ?? null };
    return this.#put({ table, id, stored, before, after });
  }

  /** Removes the document with this id, which must exist. */
  remove(table: Table, id: string): void {
    this.#requireWritable();
    const stored = this.#require(table, id);
    this.#countWrite(table, id, null);
    this.#documents.remove(table, id, stored);
    this.#enter({ table, row: stored.row, before: stored.document, after: null, stored });
  }

  /** Runs a part that may fail alone: its writes are then undone, its reads stay, and its error goes on. */
  subtransaction<T>(body: () => T): T {
    if (!this.writable) return body();
    const undo = this.#mark();
    try {
      return this.#shared.connection.savepoint(body);
    } catch (error) {
      undo();
      throw error;
    }
  }

  /** Runs a part that may use no more than the budget of what is left of the limits; what it used stays counted. */
  within<T>(budget: Readonly<Partial<Usage>>, body: () => T): T {
    if (Object.keys(budget).length === 0) return body();
    return this.meter.limited(limitsWithin(budget, { limits: this.meter.limits, usage: this.usage }), body);
  }

  /**
   * Runs a part that sees the state from before this transaction's first write. What it reads is nothing that this
   * transaction depends on, and counts towards limits of its own.
   */
  onSnapshot<T>(body: (tx: Transaction) => T): T {
    if (this.#changes.length === 0) return body(new Transaction(this.#shared, false));
    return this.#shared.connection.undone(() => {
      for (const { stored, ...change } of this.#changes.toReversed()) {
        this.#shared.rows.apply({ ...change, before: change.after, after: change.before });
        this.#documents.restore(change.table, change.row, stored);
      }
      return body(new Transaction(this.#shared, false));
    });
  }

  recallResponse(sessionId: string, requestId: number): string | null {
    return this.#responses.recall(sessionId, requestId);
  }

  rememberResponse(sessionId: string, requestId: number, response: string): void {
    this.#requireWritable();
    this.#responses.remember({ sessionId, requestId, response });
  }

  /** Gives every unresolved commit timestamp its value. The store calls it last, once. */
  resolveCommitTimestamps(timestamp: bigint): void {
    for (const { table, id } of this.#unresolved) {
      const stored = this.#documents.find(table, id);
      if (stored === null || !hasPlaceholder(stored.json)) continue;
      const before = stored.document;
      const after = resolvePlaceholders(before, timestamp);
      this.#write({ table, id, stored, before, after, size: stored.size });
    }
  }

  /** Undoes in memory what the file's rollback undoes in the file. The store calls it when a transaction fails. */
  rollback(): void {
    this.#rollbackTo({ writes: 0, changes: 0, tables: 0, unresolved: 0 });
  }

  /** Remembers the state in memory; the function given back restores it. */
  #mark(): () => void {
    const { progress } = this.#shared;
    const { creationTime } = progress;
    const restoreUsage = this.meter.mark();
    const lengths = {
      writes: this.#writes.length,
      changes: this.#changes.length,
      tables: this.#madeTables.length,
      unresolved: this.#unresolved.length,
    };
    return () => {
      progress.creationTime = creationTime;
      restoreUsage();
      this.#rollbackTo(lengths);
    };
  }

  #rollbackTo(lengths: { writes: number; changes: number; tables: number; unresolved: number }): void {
    this.#documents.forget();
    this.#writes.length = lengths.writes;
    this.#changes.length = lengths.changes;
    this.#unresolved.length = lengths.unresolved;
    for (const table of this.#madeTables.splice(lengths.tables)) this.#shared.catalog.forget(table);
  }

  #put(pending: Omit<PendingWrite, "size">): string {
    const after = sortFields(pending.after);
    const extent = requireFit(this.#shared.catalog, pending.table, after);
    this.#countWrite(pending.table, pending.id, extent);
    return this.#write({ ...pending, after, size: extent.size });
  }

  #write({ table, id, stored, before, after, size }: PendingWrite): string {
    const json = JSON.stringify(after);
    if (hasPlaceholder(json)) this.#unresolved.push({ table, id });
    const row = this.#documents.put(table, id, { row: stored?.row ?? null, json, size });
    this.#enter({ table, row, before, after, stored });
    return json;
  }

  #enter(change: StoredChange): void {
    this.#changes.push(change);
    this.#writes.push(...this.#shared.rows.apply(change));
  }

  /** The extent is that of the document after it; null when it is removed. */
  #countWrite(table: Table, id: string, extent: Extent | null): void {
    if (isSystemTable(table.name)) return;
    this.meter.countWrite(extent?.size ?? 0);
    this.meter.noteDocument(id, extent);
  }

  #require(table: Table, id: string): Stored {
    const stored = this.#documents.find(table, id);
    if (stored === null) throw new Error(`there is no document ${id} in table ${table.name}`);
    return stored;
  }

  #readCatalog(key: Buffer): void {
    this.#reads.addUncounted({ index: CATALOG_INDEX, low: key, high: prefixEnd(key) });
  }

  #requireWritable(): void {
    if (!this.writable) throw new Error("this transaction only reads");
  }
}

/** `stored` is `before` as it was kept; null for a new document. */
type StoredChange = Change & { stored: Stored | null };

/** `before` is the document that is `stored`; both are null for a new one. */
type PendingWrite = {
  table: Table;
  id: string;
  stored: Stored | null;
  before: JsonObject | null;
  after: JsonObject;
  size: number;
};

/** Later than that of any document that was given its time here. */
export function nextCreationTime({ progress, clock }: Pick<Shared, "progress" | "clock">): number {
  progress.creationTime = Math.max(clock.now(), progress.creationTime + CREATION_TIME_STEP);
  return progress.creationTime;
}
