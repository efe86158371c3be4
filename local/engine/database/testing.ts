import type { Store } from "../store/store.ts";
import type { Json, JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import type { Operator, Order, Query, RangeExpression } from "./query-json.ts";
import { openQuery } from "./query.ts";
import { DatabaseSession, type Journal } from "./session.ts";

/** A query through an index of a table, `table.index`. */
export function indexQuery(indexName: string, rest: Partial<IndexQuery> = {}): Query {
  const { range = [], order = null, operators = [] } = rest;
  return { source: { type: "IndexRange", indexName, range, order }, operators };
}

type IndexQuery = { range: readonly RangeExpression[]; order: Order; operators: readonly Operator[] };

/** All documents of a query over the app, read to the end. */
export function collect(store: Store, query: Query): JsonObject[] {
  return store.read((tx) => {
    const stream = openQuery({ tx, component: "", query });
    const documents: JsonObject[] = [];
    for (let json = stream.next(); json !== null; json = stream.next()) documents.push(parseDocument(json));
    return documents;
  });
}

/** One field of each document. */
export function pluck(documents: readonly JsonObject[], name: string): (Json | undefined)[] {
  return documents.map((document) => document[name]);
}

export function freshJournal(previous: string | null = null): Journal {
  return { previous, next: null };
}

/** Runs a body with the session of one mutation of the app. */
export function mutate<T>(store: Store, body: (session: DatabaseSession) => T): T {
  return store.write((tx) => body(new DatabaseSession({ tx, component: "", writable: true, journal: freshJournal() })))
    .value;
}

/** Runs a body with the session of one query of the app. */
export function query<T>(store: Store, body: (session: DatabaseSession) => T, journal = freshJournal()): T {
  return store.read((tx) => body(new DatabaseSession({ tx, component: "", writable: false, journal })));
}
