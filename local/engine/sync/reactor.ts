/**
 * Results that are being watched. Subscribers who ask the same share one execution; a commit drops exactly the results
 * whose reads it touched and tells their subscribers, before anything else can run.
 */
import type { Commit, EngineCalls, Identity, QueryResult } from "../types.ts";
import { digestOf } from "./digest.ts";
import type { Target } from "./protocol.ts";
import { Readers } from "./readers.ts";

/** One query as one caller asks it. */
export type Question = {
  target: Target;
  journal: string | null;
  identity: Identity | null;
  publicOnly: boolean;
};

/** Told once, when its result no longer holds. It must subscribe again to learn the new one. */
export type Subscriber = { onStale(): void };

/** A shared result; current as long as none of its subscribers was told otherwise. */
export type WatchedResult = {
  readonly key: string;
  readonly result: QueryResult;
  /** The same for results that say the same. */
  readonly digest: string;
};

type Entry = WatchedResult & { readonly target: Target; readonly subscribers: Set<Subscriber> };

/** Invariant: an entry is in the cache and among the readers exactly while it is current and has a subscriber. */
export class Reactor {
  readonly #engine: EngineCalls;
  readonly #entries = new Map<string, Entry>();
  readonly #readers = new Readers<Entry>();
  readonly #stopListening: (() => void)[];

  constructor(engine: EngineCalls) {
    this.#engine = engine;
    this.#stopListening = [
      engine.onCommit((commit) => this.#invalidate(commit)),
      engine.onReload(() => this.#retire(new Set(this.#entries.values()))),
    ];
  }

  /** How many distinct results are being watched. */
  get size(): number {
    return this.#entries.size;
  }

  /** What is being watched, for people who look into it. */
  list(): { target: Target; subscribers: number; ranges: number }[] {
    return [...this.#entries.values()].map(({ target, subscribers, result }) => ({
      target,
      subscribers: subscribers.size,
      ranges: result.reads.length,
    }));
  }

  /** The current answer: the one that others share, or a new execution. Throws what the engine throws. */
  subscribe(question: Question, subscriber: Subscriber): WatchedResult {
    const key = keyOf(question);
    const entry = this.#find(key, question) ?? this.#execute(key, question);
    entry.subscribers.add(subscriber);
    return entry;
  }

  /** Forgetting a result that is already stale, or was never subscribed to, changes nothing. */
  unsubscribe(watched: WatchedResult, subscriber: Subscriber): void {
    const entry = this.#entries.get(watched.key);
    if (entry?.result !== watched.result) return;
    entry.subscribers.delete(subscriber);
    if (entry.subscribers.size === 0) this.#drop(entry);
  }

  close(): void {
    for (const stop of this.#stopListening) stop();
  }

  /** A result that never asked who is calling holds for everyone. */
  #find(key: string, { identity }: Question): Entry | undefined {
    return this.#entries.get(key) ?? this.#entries.get(ownKeyOf(key, identity));
  }

  #execute(key: string, question: Question): Entry {
    const { target, journal, identity, publicOnly } = question;
    const result = this.#engine.runQuery({ ...target, identity, publicOnly }, journal);
    const entry: Entry = {
      key: result.usedIdentity ? ownKeyOf(key, identity) : key,
      result,
      digest: digestOf(result),
      target,
      subscribers: new Set(),
    };
    this.#entries.set(entry.key, entry);
    for (const read of result.reads) this.#readers.add(read, entry);
    return entry;
  }

  #invalidate({ writes }: Commit): void {
    const stale = new Set<Entry>();
    for (const write of writes) this.#readers.collect(write, stale);
    this.#retire(stale);
  }

  #retire(stale: ReadonlySet<Entry>): void {
    for (const entry of stale) this.#drop(entry);
    for (const entry of stale) for (const subscriber of entry.subscribers) subscriber.onStale();
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.key);
    for (const read of entry.result.reads) this.#readers.delete(read, entry);
  }
}

function keyOf({ target, journal, publicOnly }: Question): string {
  return JSON.stringify([target.component, target.path, target.args, journal, publicOnly]);
}

/** For a result that holds for its asker alone; no other key goes on after its last bracket. */
function ownKeyOf(key: string, identity: Identity | null): string {
  return identity === null ? `${key}null` : key + JSON.stringify(identity);
}
