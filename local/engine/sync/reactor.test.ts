import { describe, expect, test } from "vitest";
import type { Commit, Identity, QueryResult, Read, Write } from "../types.ts";
import { Reactor, type Question } from "./reactor.ts";
import { TestEngine, TEST_INDEX } from "./test-engine.ts";
import { TEST_FUNCTIONS } from "./test-functions.ts";

const ALICE: Identity = { tokenIdentifier: "i|alice", issuer: "i", subject: "alice" };
const BOB: Identity = { tokenIdentifier: "i|bob", issuer: "i", subject: "bob" };

function ask(path: string, args = {}, more: Partial<Question> = {}): Question {
  return { target: { component: "", path, args }, journal: null, identity: null, publicOnly: true, ...more };
}

const listOf = (channel: string, more: Partial<Question> = {}) => ask("messages:list", { channel }, more);

function subscriber() {
  const told = { times: 0, onStale: () => void (told.times += 1) };
  return told;
}

function setUp() {
  const engine = new TestEngine(TEST_FUNCTIONS);
  const reactor = new Reactor(engine);
  const send = (channel: string) =>
    engine.runMutation({
      component: "",
      path: "messages:send",
      args: { channel, body: "hello" },
      identity: null,
      publicOnly: true,
    });
  return { engine, reactor, send };
}

/** An engine whose reads and commits the test decides. */
class ScriptedEngine extends TestEngine {
  reads: Read[] = [];
  #listener: ((commit: Commit) => void) | null = null;

  constructor() {
    super({});
  }

  override onCommit(listener: (commit: Commit) => void): () => void {
    this.#listener = listener;
    return () => (this.#listener = null);
  }

  override runQuery(): QueryResult {
    const { reads } = this;
    return { ok: true, value: "1", logLines: [], timestamp: 1n, reads, usedIdentity: false, journal: null };
  }

  commit(...writes: Write[]): void {
    this.#listener?.({ timestamp: 2n, writes });
  }
}

describe("sharing", () => {
  test("subscribers who ask the same share one execution", () => {
    const { engine, reactor } = setUp();
    const first = reactor.subscribe(listOf("a"), subscriber());
    expect(reactor.subscribe(listOf("a"), subscriber())).toBe(first);
    expect(engine.executions.get("messages:list")).toBe(1);
  });

  test.each([
    ["arguments", listOf("b")],
    ["journal", listOf("a", { journal: "j" })],
    ["rights", listOf("a", { publicOnly: false })],
    ["function", ask("messages:echo", { channel: "a" })],
    ["component", { ...listOf("a"), target: { component: "x", path: "messages:list", args: { channel: "a" } } }],
  ])("other %s are another question", (_what, other) => {
    const { reactor } = setUp();
    const first = reactor.subscribe(listOf("a"), subscriber());
    expect(reactor.subscribe(other, subscriber())).not.toBe(first);
    expect(reactor.size).toBe(2);
  });

  test("a result that never asked who calls is shared between callers, one that did is not", () => {
    const { reactor } = setUp();
    const shared = reactor.subscribe(listOf("a", { identity: ALICE }), subscriber());
    expect(reactor.subscribe(listOf("a", { identity: BOB }), subscriber())).toBe(shared);
    const who = (identity: Identity | null) => ask("messages:whoami", {}, { identity });
    const alice = reactor.subscribe(who(ALICE), subscriber());
    expect(alice.result).toMatchObject({ value: `"alice"` });
    expect(reactor.subscribe(who(BOB), subscriber()).result).toMatchObject({ value: `"bob"` });
    expect(reactor.subscribe(who(null), subscriber()).result).toMatchObject({ value: "null" });
    expect(reactor.subscribe(who(ALICE), subscriber())).toBe(alice);
  });

  test("when its last subscriber leaves, a result is forgotten", () => {
    const { engine, reactor } = setUp();
    const [one, two] = [subscriber(), subscriber()];
    const watched = reactor.subscribe(listOf("a"), one);
    reactor.subscribe(listOf("a"), two);
    reactor.unsubscribe(watched, one);
    expect(reactor.size).toBe(1);
    reactor.unsubscribe(watched, two);
    expect(reactor.size).toBe(0);
    reactor.subscribe(listOf("a"), one);
    expect(engine.executions.get("messages:list")).toBe(2);
  });
});

describe("invalidation", () => {
  test("a commit tells every subscriber of what it touched, once, before it returns, and nobody else", () => {
    const { reactor, send } = setUp();
    const [one, two, other] = [subscriber(), subscriber(), subscriber()];
    reactor.subscribe(listOf("a"), one);
    reactor.subscribe(listOf("a"), two);
    reactor.subscribe(listOf("b"), other);
    send("a");
    send("a");
    expect([one.times, two.times, other.times]).toEqual([1, 1, 0]);
    expect(reactor.subscribe(listOf("a"), one).result).toMatchObject({ value: `["hello","hello"]` });
  });

  test("a read that found nothing is a read: the first document invalidates it", () => {
    const { reactor, send } = setUp();
    const watcher = subscriber();
    expect(reactor.subscribe(listOf("empty"), watcher).result).toMatchObject({ value: "[]" });
    send("empty");
    expect(watcher.times).toBe(1);
  });

  test("a failed result is watched like any other", () => {
    const engine = new TestEngine({
      ...TEST_FUNCTIONS,
      "messages:first": {
        kind: "query",
        run: (context) => {
          if (context.list("a/").length === 0) throw new Error("nothing yet");
          return "found";
        },
      },
    });
    const reactor = new Reactor(engine);
    const watcher = subscriber();
    expect(reactor.subscribe(ask("messages:first"), watcher).result.ok).toBe(false);
    const args = { channel: "a", body: "x" };
    engine.runMutation({ component: "", path: "messages:send", args, identity: null, publicOnly: true });
    expect(watcher.times).toBe(1);
    expect(reactor.subscribe(ask("messages:first"), watcher).result).toMatchObject({ ok: true });
  });

  test("an empty key stands for the whole index, and for that index alone", () => {
    const engine = new ScriptedEngine();
    const reactor = new Reactor(engine);
    const [here, there] = [subscriber(), subscriber()];
    engine.reads = [{ index: 7, low: Buffer.from("a"), high: Buffer.from("b") }];
    reactor.subscribe(listOf("a"), here);
    engine.reads = [{ index: 8, low: Buffer.from("a"), high: Buffer.from("b") }];
    reactor.subscribe(listOf("b"), there);
    engine.commit({ index: 7, key: null });
    expect([here.times, there.times]).toEqual([1, 0]);
  });

  test("a text search is told of documents that match it, in its own index alone", () => {
    const engine = new ScriptedEngine();
    const reactor = new Reactor(engine);
    const [here, there] = [subscriber(), subscriber()];
    engine.reads = [{ index: 7, terms: ["tea"], prefix: "tea", filters: [] }];
    reactor.subscribe(listOf("a"), here);
    engine.reads = [{ index: 8, terms: ["tea"], prefix: "tea", filters: [] }];
    reactor.subscribe(listOf("b"), there);
    const entryOf = (term: string) => ({ terms: new Map([[term, 1]]), length: 1, filters: new Map() });
    engine.commit({ index: 7, entry: entryOf("milk") });
    expect([here.times, there.times]).toEqual([0, 0]);
    engine.commit({ index: 7, entry: entryOf("teapot") });
    expect([here.times, there.times]).toEqual([1, 0]);
  });

  test("a subscriber who left, and one whose result is already stale, are not told", () => {
    const { reactor, send } = setUp();
    const [left, stale] = [subscriber(), subscriber()];
    reactor.unsubscribe(reactor.subscribe(listOf("a"), left), left);
    const watched = reactor.subscribe(listOf("b"), stale);
    send("b");
    reactor.unsubscribe(watched, stale);
    send("a");
    send("b");
    expect([left.times, stale.times]).toEqual([0, 1]);
  });

  test("after close, commits are no longer heard", () => {
    const { reactor, send } = setUp();
    const watcher = subscriber();
    reactor.subscribe(listOf("a"), watcher);
    reactor.close();
    send("a");
    expect(watcher.times).toBe(0);
  });

  test("with 10,000 results watched, 10,000 commits that touch one each stay cheap", () => {
    const engine = new ScriptedEngine();
    const reactor = new Reactor(engine);
    const count = 10_000;
    const keyOf = (n: number) => Buffer.from(String(n).padStart(6, "0"));
    const watchers = Array.from({ length: count }, (_, n) => {
      engine.reads = [{ index: TEST_INDEX, low: keyOf(n), high: Buffer.concat([keyOf(n), Buffer.from([0])]) }];
      const watcher = subscriber();
      reactor.subscribe(listOf(String(n)), watcher);
      return watcher;
    });
    const startedAt = performance.now();
    for (let n = 0; n < count; n += 1) engine.commit({ index: TEST_INDEX, key: keyOf(n) });
    // Looking at every result on every commit means 10^8 comparisons, which takes many times as long.
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(watchers.every(({ times }) => times === 1)).toBe(true);
  });
});
