import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANONYMOUS, type Caller } from "../auth/caller.ts";
import { SyscallError } from "../errors.ts";
import type { Identity, Json, JsonObject } from "../types.ts";
import { ProtocolError, type QueryChange } from "./protocol.ts";
import { QuerySet } from "./query-set.ts";
import { Reactor } from "./reactor.ts";
import { TestEngine, type TestFunction } from "./test-engine.ts";
import { TEST_FUNCTIONS } from "./test-functions.ts";

const ALICE = user("alice");

function user(subject: string): Caller {
  const identity: Identity = { tokenIdentifier: `i|${subject}`, issuer: "i", subject };
  return { ...ANONYMOUS, identity };
}

/** A value under a key, that may be set to what it is already. */
const FLAGS: Readonly<Record<string, TestFunction>> = {
  "flags:get": { kind: "query", run: (context, { key }) => context.get(nameOf(key)) },
  "flags:set": {
    kind: "mutation",
    run: (context, { key, value = null }) => {
      context.put(nameOf(key), value);
      return null;
    },
  },
};

function nameOf(key: Json | undefined): string {
  return typeof key === "string" ? key : "";
}

function setUp(functions: Readonly<Record<string, TestFunction>> = {}) {
  const engine = new TestEngine({ ...TEST_FUNCTIONS, ...FLAGS, ...functions });
  const reactor = new Reactor(engine);
  const told = { times: 0 };
  const queries = new QuerySet(reactor, () => void (told.times += 1));
  const collect = (caller = ANONYMOUS): JsonObject[] =>
    queries.collectModifications(caller).map((text) => JSON.parse(text));
  const set = (key: string, value: Json) =>
    engine.runMutation({ component: "", path: "flags:set", args: { key, value }, identity: null, publicOnly: true });
  return { engine, reactor, told, queries, collect, set };
}

const add = (queryId: number, path: string, args: JsonObject = {}, journal: string | null = null): QueryChange => ({
  type: "Add",
  queryId,
  target: { component: "", path, args },
  journal,
});
const remove = (queryId: number): QueryChange => ({ type: "Remove", queryId });
const flag = (queryId: number, key: string) => add(queryId, "flags:get", { key });

describe("what the client is told", () => {
  test("is each query's result, once", () => {
    const { queries, collect } = setUp();
    queries.apply(add(3, "messages:echo", { value: "hello" }));
    expect(collect()).toEqual([{ type: "QueryUpdated", queryId: 3, value: "hello", logLines: [], journal: null }]);
    expect(collect()).toEqual([]);
  });

  test("is what a commit changed, and nothing of what it did not touch", () => {
    const { queries, collect, set, told } = setUp();
    queries.apply(flag(0, "a"));
    queries.apply(flag(1, "b"));
    collect();
    set("b", "up");
    set("b", "higher");
    expect(told.times).toBe(1);
    expect(collect()).toMatchObject([{ queryId: 1, value: "higher" }]);
  });

  test("is nothing when a query that ran again came out the same", () => {
    const { queries, collect, set, engine } = setUp();
    set("a", "up");
    queries.apply(flag(0, "a"));
    collect();
    set("a", "up");
    expect(collect()).toEqual([]);
    expect(engine.executions.get("flags:get")).toBe(2);
    set("a", "down");
    expect(collect()).toMatchObject([{ queryId: 0, value: "down" }]);
  });

  test("is a failure with its data, and the success that follows it", () => {
    const fails: TestFunction = {
      kind: "query",
      run: (context) => {
        context.log("looking");
        if (context.get("well") === null) throw new SyscallError("refused", { code: 7 });
        return "well";
      },
    };
    const { queries, collect, set } = setUp({ fails });
    queries.apply(add(0, "fails", {}, "where it was"));
    expect(collect()).toEqual([
      {
        type: "QueryFailed",
        queryId: 0,
        errorMessage: expect.stringContaining("refused"),
        errorData: { code: 7 },
        logLines: ["looking"],
        journal: "where it was",
      },
    ]);
    set("well", true);
    expect(collect()).toMatchObject([{ type: "QueryUpdated", queryId: 0, value: "well" }]);
  });

  test("is that a query was removed, once, before anything else", () => {
    const { queries, collect, reactor } = setUp();
    queries.apply(flag(0, "a"));
    collect();
    queries.apply(flag(1, "b"));
    queries.apply(remove(0));
    expect(collect().map(({ type, queryId }) => [type, queryId])).toEqual([
      ["QueryRemoved", 0],
      ["QueryUpdated", 1],
    ]);
    expect([collect(), reactor.size]).toEqual([[], 1]);
  });

  test("is everything again for a query that was removed and added anew", () => {
    const { queries, collect } = setUp();
    queries.apply(flag(0, "a"));
    collect();
    queries.apply(remove(0));
    queries.apply(flag(0, "a"));
    expect(collect().map(({ type }) => type)).toEqual(["QueryRemoved", "QueryUpdated"]);
  });

  test("adds up, over any history, to what the queries answer now", () => {
    const id = fc.integer({ min: 0, max: 2 });
    const step = fc.oneof(
      id.map((queryId) => ({ kind: "toggle", queryId }) as const),
      fc.record({ kind: fc.constant("set" as const), queryId: id, value: fc.integer({ min: 0, max: 2 }) }),
      fc.constantFrom({ kind: "collect" as const }, { kind: "refresh" as const }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { queries, collect, set } = setUp();
        const stored = new Map<number, number>();
        const asked = new Set<number>();
        const client = new Map<number, unknown>();
        const sync = () => {
          for (const { type, queryId, value } of collect()) {
            if (type === "QueryRemoved") client.delete(Number(queryId));
            else client.set(Number(queryId), value);
          }
          expect(client).toEqual(new Map([...asked].map((queryId) => [queryId, stored.get(queryId) ?? null])));
        };
        for (const one of steps) {
          if (one.kind === "collect") sync();
          else if (one.kind === "refresh") queries.refreshAll();
          else if (one.kind === "set") {
            set(`key${one.queryId}`, one.value);
            stored.set(one.queryId, one.value);
          } else if (asked.delete(one.queryId)) queries.apply(remove(one.queryId));
          else {
            asked.add(one.queryId);
            queries.apply(flag(one.queryId, `key${one.queryId}`));
          }
        }
        sync();
      }),
    );
  });
});

describe("a client that breaks the protocol", () => {
  test.each<[string, QueryChange[], string]>([
    ["adds a query twice", [flag(0, "a"), flag(0, "b")], "Duplicate query id: 0"],
    ["removes what it never added", [remove(5)], "Nonexistent query id: 5"],
    ["removes a query twice", [flag(0, "a"), remove(0), remove(0)], "Nonexistent query id: 0"],
  ])("and %s is told so", (_what, changes, message) => {
    const { queries } = setUp();
    const apply = () => changes.forEach((change) => queries.apply(change));
    expect(apply).toThrow(new ProtocolError(message));
  });
});

describe("the caller", () => {
  test("is asked about again only by those queries that asked who it is", () => {
    const { queries, collect, engine } = setUp();
    queries.apply(flag(0, "a"));
    queries.apply(add(1, "messages:whoami"));
    collect();
    queries.refreshIdentityReaders();
    expect(collect(ALICE)).toMatchObject([{ queryId: 1, value: "alice" }]);
    expect(Object.fromEntries(engine.executions)).toEqual({ "flags:get": 1, "messages:whoami": 2 });
  });

  test("may become one for whom everything has to be made again", () => {
    const { queries, collect } = setUp();
    queries.apply(add(0, "messages:count", { channel: "a" }));
    expect(collect()).toMatchObject([{ type: "QueryFailed" }]);
    queries.refreshAll();
    expect(collect({ ...ANONYMOUS, isAdmin: true })).toMatchObject([{ type: "QueryUpdated", value: 0 }]);
  });
});

describe("the journal", () => {
  /** Says where it began, and ends one further; fails while it is told to. */
  const page: TestFunction = {
    kind: "query",
    run: (context) => {
      const start = Number(context.journal ?? 0);
      context.journal = String(start + 1);
      if (context.get("broken") === true) throw new Error("broken");
      return [start, context.get("turn")];
    },
  };

  test("of the client's is where the first run begins, and each run begins where the last one ended", () => {
    const { queries, collect, set } = setUp({ page });
    queries.apply(add(0, "page", {}, "7"));
    expect(collect()).toMatchObject([{ value: [7, null], journal: "8" }]);
    set("turn", 1);
    expect(collect()).toMatchObject([{ value: [8, 1], journal: "9" }]);
  });

  test("is left alone by a failure", () => {
    const { queries, collect, set } = setUp({ page });
    queries.apply(add(0, "page", {}, "7"));
    collect();
    set("broken", true);
    expect(collect()).toMatchObject([{ type: "QueryFailed", journal: "8" }]);
    set("broken", false);
    expect(collect()).toMatchObject([{ value: [8, null] }]);
  });
});

describe("closing", () => {
  test("leaves nobody watching, and nobody to be told", () => {
    const { queries, collect, set, reactor, told } = setUp();
    queries.apply(flag(0, "a"));
    queries.apply(add(1, "messages:whoami"));
    collect();
    expect(reactor.size).toBe(2);
    queries.close();
    set("a", "up");
    expect([reactor.size, told.times, collect()]).toEqual([0, 0, []]);
  });

  test("does not take a shared result from another socket", () => {
    const { queries, collect, reactor, set } = setUp();
    const other = new QuerySet(reactor, () => undefined);
    queries.apply(flag(0, "a"));
    other.apply(flag(9, "a"));
    collect();
    other.collectModifications(ANONYMOUS);
    queries.close();
    expect(reactor.size).toBe(1);
    set("a", "up");
    expect(other.collectModifications(ANONYMOUS)).toHaveLength(1);
  });
});
