import { requireString } from "../syscalls/arguments.ts";
import type { Clock, JsonObject, Read, SchemaJson, TextEntry, TextRead, Write } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { EVERY_KEY } from "../values/encoding.ts";
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

/** Whether what a transaction read includes what a commit wrote. */
export function covers(tx: Pick<Transaction, "reads">, write: Write): boolean {
  return tx.reads.some((read) => read.index === write.index && includes(read, write));
}

function includes(read: Read, write: Write): boolean {
  if ("entry" in write) return "terms" in read && matches(read, write.entry);
  return (
    "low" in read &&
    write.key !== null &&
    Buffer.compare(read.low, write.key) <= 0 &&
    Buffer.compare(write.key, read.high) < 0
  );
}

function matches({ terms, prefix, filters }: TextRead, entry: TextEntry): boolean {
  const isWanted = (term: string) => terms.includes(term) || term.startsWith(prefix);
  return (
    [...entry.terms.keys()].some(isWanted) && filters.every(({ field, value }) => entry.filters.get(field) === value)
  );
}

/** All documents of the table `users` in the order of two indexes, `by_name` being one, what a search for "ad" finds in `search_name`, and each document by its id. */
export function everythingIn(tx: Transaction) {
  const table = tableIn(tx, "users");
  const index = (named: string) => table.indexes.get(named) ?? table.byId;
  const listed = (named: string) => {
    const all = { ...EVERY_KEY, descending: false, batch: 3 };
    const cursor = tx.scan({ table, index: index(named), ...all });
    const rows: string[] = [];
    for (let row = cursor.next(); row !== null; row = cursor.next()) rows.push(row.json);
    return rows;
  };
  const search = table.searchIndexes.get("search_name");
  const hits = search === undefined ? [] : tx.search(search, { terms: ["ad"], filters: [] });
  const documents = listed("by_creation_time");
  return {
    documents,
    byName: listed("by_name"),
    hits: hits.map(({ json }) => json).toSorted(),
    single: documents.map((json) => tx.get(table, requireString(parseDocument(json), "_id"))),
  };
}
