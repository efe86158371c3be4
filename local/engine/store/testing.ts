import type { Clock, JsonObject, SchemaJson } from "../types.ts";
import type { Table } from "./catalog.ts";
import { Store } from "./store.ts";
import type { Transaction } from "./transaction.ts";

type TableSchema = SchemaJson["tables"][number];

/** Stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

export const NOON = Date.UTC(2026, 0, 1, 12);

/** A table without indexes that takes any document, unless told otherwise. */
export function tableSchema(tableName: string, rest: Partial<TableSchema> = {}): TableSchema {
  return { tableName, indexes: [], searchIndexes: [], vectorIndexes: [], documentType: { type: "any" }, ...rest };
}

export function schemaOf(...tables: TableSchema[]): SchemaJson {
  return { schemaValidation: true, tables };
}

/** The schema as the client library exports it, which is how bundles hand it over. */
export function exportSchema(schema: object): SchemaJson {
  const text: string = Reflect.apply(Reflect.get(schema, "export"), schema, []);
  return JSON.parse(text);
}

/** A store in memory whose app has these tables. */
export function storeWith(...tables: TableSchema[]): Store {
  const store = new Store({ file: ":memory:", clock: new ManualClock(NOON) });
  store.pushSchemas(new Map([["", schemaOf(...tables)]]));
  return store;
}

/** A table of the app that must be there. */
export function tableIn(tx: Transaction, name: string): Table {
  const table = tx.table("", name);
  if (table === null) throw new Error(`no table ${name}`);
  return table;
}

/** Stores documents in one transaction and gives their ids. */
export function insertAll(store: Store, name: string, documents: readonly JsonObject[]): string[] {
  return store.write((tx) => {
    const table = tx.ensureTable("", name);
    return documents.map((document) => tx.insert(table, document));
  }).value;
}

/** All keys of one range of reads that lie in one index. */
export function covers(tx: Pick<Transaction, "reads">, write: { index: number; key: Buffer }): boolean {
  return tx.reads.some(
    ({ index, low, high }) =>
      index === write.index && Buffer.compare(low, write.key) <= 0 && Buffer.compare(write.key, high) < 0,
  );
}
