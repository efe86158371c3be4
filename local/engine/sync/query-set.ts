/** The queries of one socket, and what its client was last told about each. */
import type { Caller } from "../auth/caller.ts";
import type { QueryResult } from "../types.ts";
import { ProtocolError, type QueryChange, type Target } from "./protocol.ts";
import type { Reactor, Subscriber, WatchedResult } from "./reactor.ts";

type Query = Subscriber & {
  readonly id: number;
  readonly target: Target;
  journal: string | null;
  watched: WatchedResult | null;
  /** Of the result that the client has; null before the first one. */
  sentDigest: string | null;
};

/** Invariant: a query is in `#stale` exactly while it has no watched result. */
export class QuerySet {
  readonly #reactor: Reactor;
  readonly #onStale: () => void;
  readonly #queries = new Map<number, Query>();
  readonly #stale = new Set<Query>();
  readonly #removed: number[] = [];

  /** `onStale` hears of every query whose result no longer holds. */
  constructor(reactor: Reactor, onStale: () => void) {
    this.#reactor = reactor;
    this.#onStale = onStale;
  }

  /** Throws `ProtocolError` when a query is added twice or removed without having been added. */
  apply(change: QueryChange): void {
    if (change.type === "Add") this.#add(change);
    else this.#remove(change.queryId);
  }

  /** Results that were made for another identity have to be made again. */
  refreshIdentityReaders(): void {
    for (const query of this.#queries.values()) {
      if (query.watched?.result.usedIdentity) this.#release(query);
    }
  }

  refreshAll(): void {
    for (const query of this.#queries.values()) this.#release(query);
  }

  /**
   * Brings every query up to date and returns, as JSON text, what the client does not know yet. Runs to its end without
   * giving way, so all results hold at the engine's latest timestamp.
   */
  collectModifications(caller: Caller): string[] {
    const modifications = this.#removed.splice(0).map((queryId) => `{"type":"QueryRemoved","queryId":${queryId}}`);
    for (const query of this.#stale) {
      const { result, digest } = this.#execute(query, caller);
      // Nothing is sent for a result that came out the same.
      if (digest === query.sentDigest) continue;
      query.sentDigest = digest;
      modifications.push(encodeResult(query, result));
    }
    return modifications;
  }

  close(): void {
    this.refreshAll();
    this.#queries.clear();
    this.#stale.clear();
  }

  #add({ queryId, target, journal }: Extract<QueryChange, { type: "Add" }>): void {
    if (this.#queries.has(queryId)) throw new ProtocolError(`Duplicate query id: ${queryId}`);
    const query: Query = {
      id: queryId,
      target,
      journal,
      watched: null,
      sentDigest: null,
      onStale: () => {
        query.watched = null;
        this.#stale.add(query);
        this.#onStale();
      },
    };
    this.#queries.set(queryId, query);
    this.#stale.add(query);
  }

  #remove(queryId: number): void {
    const query = this.#queries.get(queryId);
    if (!query) throw new ProtocolError(`Nonexistent query id: ${queryId}`);
    this.#release(query);
    this.#stale.delete(query);
    this.#queries.delete(queryId);
    this.#removed.push(queryId);
  }

  #release(query: Query): void {
    if (!query.watched) return;
    this.#reactor.unsubscribe(query.watched, query);
    query.watched = null;
    this.#stale.add(query);
  }

  #execute(query: Query, caller: Caller): WatchedResult {
    const { target, journal } = query;
    const { identity, isAdmin } = caller;
    const watched = this.#reactor.subscribe({ target, journal, identity, publicOnly: !isAdmin }, query);
    query.watched = watched;
    this.#stale.delete(query);
    const { result } = watched;
    // A failure says nothing about where the page ends: the next success must end where the last one did.
    if (result.ok) query.journal = result.journal;
    return watched;
  }
}

function encodeResult({ id, journal }: Query, result: QueryResult): string {
  if (result.ok) {
    return (
      `{"type":"QueryUpdated","queryId":${id},"value":${result.value},` +
      `"logLines":${JSON.stringify(result.logLines)},"journal":${JSON.stringify(journal)}}`
    );
  }
  const { errorMessage, errorData, logLines } = result;
  return JSON.stringify({
    type: "QueryFailed",
    queryId: id,
    errorMessage,
    logLines,
    errorData,
    journal,
  });
}
