import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { NestedCall } from "./context.ts";
import type { Journal } from "./database/session.ts";
import { DeveloperError, SyscallError } from "./errors.ts";
import { ExecutionError } from "./failures.ts";
import { requireFunction } from "./functions/signature.ts";
import { LogBuffer } from "./logs.ts";
import { newRequest } from "./request.ts";
import { loadFixture } from "./runtime/test-hosts.ts";
import { FileStorage } from "./storage/files.ts";
import { NOON } from "./store/testing.ts";
import type { Transaction } from "./store/transaction.ts";
import { makeContext, targetIn } from "./testing/context.ts";
import { TransactionalCall, type TransactionalCallOptions } from "./transactional-call.ts";
import type { App, Identity, Json, JsonObject } from "./types.ts";

const ADA: Identity = { tokenIdentifier: "i|ada", issuer: "i", subject: "ada" };
const NOTES = { source: { type: "FullTableScan", tableName: "notes", order: null }, operators: [] };

/** An app with calls of every kind, and one with a component of its own. */
let calls: App;
let parts: App;
const directoryOf = (name: string) => fileURLToPath(new URL(`fixtures/${name}/convex`, import.meta.url));
beforeAll(async () => {
  calls = await loadFixture({ directory: directoryOf("calls") });
  parts = await loadFixture({ directory: directoryOf("parts") });
});

type More = Partial<TransactionalCallOptions>;

function setUp(app = calls) {
  const context = makeContext(app);
  const { store } = context;
  const logs = new LogBuffer();
  const open = (tx: Transaction, path: string, more: More = {}): TransactionalCall => {
    const target = targetIn(app, path);
    const meta = requireFunction(target, { publicOnly: false });
    const journal = { previous: null, next: null };
    const options = {
      context,
      target,
      meta,
      tx,
      identity: null,
      request: newRequest(),
      now: NOON,
      logs,
      journal,
      job: null,
      depth: 0,
    };
    return new TransactionalCall({ ...options, ...more });
  };
  const mutate = (path: string, args: JsonObject = {}, more: More = {}): Json =>
    JSON.parse(store.write((tx) => open(tx, path, more).execute(args)).value);
  const query = (path: string, args: JsonObject = {}, more: More = {}): Json =>
    JSON.parse(store.read((tx) => open(tx, path, more).execute(args)));
  return { ...context, logs, open, mutate, query, notes: () => query("notes:list") };
}

/** What a body throws. */
function thrownBy(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}

describe("one call", () => {
  it("leaves its transaction to whoever opened it, when it fails too", () => {
    const { store, open, mutate, notes } = setUp();
    mutate("notes:add", { text: "kept" });
    const undone = thrownBy(() =>
      store.write((tx) => {
        open(tx, "notes:add").execute({ text: "undone" });
        throw new Error("second thoughts");
      }),
    );
    const failure = store.write((tx) => thrownBy(() => open(tx, "notes:failAfterWriting").execute({}))).value;
    expect(undone).toEqual(new Error("second thoughts"));
    expect(failure).toBeInstanceOf(ExecutionError);
    expect(failure).toMatchObject({ data: { code: "nope", at: { $integer: "AQAAAAAAAAA=" } } });
    expect(notes()).toEqual(["kept", "never seen"]);
  });

  it.each([
    ["notes:add", { text: 1 }, "ArgumentValidationError: "],
    ["notes:add", {}, "ArgumentValidationError: "],
    ["notes:wrongReturn", {}, "ReturnsValidationError: "],
  ])("%s %j is the developer's mistake: %s", (path, args, message) => {
    const { mutate } = setUp();
    const error = thrownBy(() => mutate(path, args));
    expect(error).toBeInstanceOf(DeveloperError);
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
  });

  it("may write if it is a mutation, whatever its transaction allows", () => {
    const { store, open } = setUp();
    store.write((tx) => {
      const insert = JSON.stringify({ table: "notes", value: { text: "x" } });
      expect([open(tx, "notes:add").writable, open(tx, "notes:list").writable]).toEqual([true, false]);
      expect(() => open(tx, "notes:list").asyncSyscall("1.0/insert", insert)).toThrow(DeveloperError);
      expect(open(tx, "notes:add").asyncSyscall("1.0/insert", insert)).toContain(`"_id"`);
    });
  });

  it("has its own chance, its component's variables and its caller's log", () => {
    const { store, open, mutate, query, logs } = setUp();
    const seeds = store.read((tx) => Array.from({ length: 10 }, () => open(tx, "notes:list").seed));
    expect(new Set(seeds).size).toBe(seeds.length);
    // With 32 bits, two in a hundred thousand calls would make the same identifiers.
    expect(Math.max(...seeds)).toBeGreaterThan(2 ** 32);
    expect(["GREETING", "OTHER"].map((name) => query("notes:variable", { name }))).toEqual(["good morning", null]);
    mutate("notes:speak", { lines: 2 });
    expect(logs.lines).toEqual(["[LOG] 'line' 0", "[LOG] 'line' 1"]);
  });

  it("says where its page ended, and ends it there again when it is told to", () => {
    const { store, open, mutate } = setUp();
    const page = (previous: string | null, pageSize: number) =>
      store.read((tx) => {
        const journal: Journal = { previous, next: null };
        const args = JSON.stringify({ query: NOTES, cursor: null, pageSize });
        const text = open(tx, "notes:list", { journal }).asyncSyscall("1.0/queryPage", args);
        return {
          end: journal.next,
          size: z.object({ page: z.array(z.unknown()) }).parse(JSON.parse(text)).page.length,
        };
      });
    for (const text of ["a", "b", "c"]) mutate("notes:add", { text });
    const { end, size } = page(null, 2);
    expect([typeof end, size]).toEqual(["string", 2]);
    expect(page(end, 1)).toEqual({ end, size: 2 });
  });

  it.each([
    ["went well", "notes:list"],
    ["failed", "notes:wrongReturn"],
  ])("closes what it left open, when it %s", (_how, path) => {
    const { store, open, mutate } = setUp();
    mutate("notes:add", { text: "a" });
    store.read((tx) => {
      const call = open(tx, path);
      const stream = call.syscall("1.0/queryStream", JSON.stringify({ query: NOTES }));
      thrownBy(() => call.execute({}));
      expect(() => call.asyncSyscall("1.0/queryStreamNext", stream)).toThrow("in-progress query not found");
    });
  });
});

describe("a nested call", () => {
  const nest = (call: TransactionalCall, kind: NestedCall["kind"], path: string, args: JsonObject = {}): Json =>
    JSON.parse(call.callNested({ target: targetIn(calls, path), kind, args, budget: {} }));

  it("is part of the transaction: a query sees what was written, a snapshot query what was there before", () => {
    const { store, open, mutate } = setUp();
    mutate("notes:add", { text: "before" });
    store.write((tx) => {
      const call = open(tx, "notes:add");
      nest(call, "mutation", "notes:add", { text: "now" });
      expect(nest(call, "query", "notes:list")).toEqual(["before", "now"]);
      const reads = tx.reads.length;
      expect(nest(call, "snapshotQuery", "notes:list")).toEqual(["before"]);
      expect(tx.reads).toHaveLength(reads);
    });
  });

  it("that fails undoes what it wrote and nothing else, and is an error that the caller may catch", () => {
    const { store, open, notes } = setUp();
    store.write((tx) => {
      const call = open(tx, "notes:add");
      nest(call, "mutation", "notes:add", { text: "kept" });
      const error = thrownBy(() => nest(call, "mutation", "notes:addThenFail", { text: "undone", code: "full" }));
      expect(error).toBeInstanceOf(SyscallError);
      expect(error).toMatchObject({ data: { code: "full" } });
    });
    expect(notes()).toEqual(["kept"]);
  });

  it.each([
    ["query", "notes:add", "Trying to execute notes.js:add as Query, but it is defined as Mutation."],
    ["snapshotQuery", "notes:add", "Trying to execute notes.js:add as Query, but it is defined as Mutation."],
    ["mutation", "notes:list", "Trying to execute notes.js:list as Mutation, but it is defined as Query."],
    ["query", "notes:gone", "Could not find function for 'notes:gone'"],
  ] as const)("as %s of %s is refused: %s", (kind, path, message) => {
    const { store, open } = setUp();
    store.write((tx) => {
      const error = thrownBy(() => nest(open(tx, "notes:add"), kind, path));
      expect(error).toBeInstanceOf(DeveloperError);
      expect(error).toMatchObject({ message: expect.stringContaining(message) });
    });
  });

  it("goes eight deep and no deeper", () => {
    const { store, open, query } = setUp();
    store.read((tx) => {
      expect(nest(open(tx, "notes:list", { depth: 7 }), "query", "notes:list")).toEqual([]);
      expect(() => nest(open(tx, "notes:list", { depth: 8 }), "query", "notes:list")).toThrow(DeveloperError);
    });
    expect(() => query("notes:recurse")).toThrow("call depth limit exceeded");
  });

  it("knows who called within its component, and nobody in another", () => {
    expect(setUp(parts).query("vaults:whoIsWho", {}, { identity: ADA })).toEqual({ app: "ada", vault: null });
    const { store, open } = setUp();
    store.read((tx) => expect(nest(open(tx, "notes:list", { identity: ADA }), "query", "notes:whoAmI")).toBe("ada"));
  });
});

describe("an operation", () => {
  it.each(["syscall", "asyncSyscall"] as const)("that %s does not know is refused by name", (door) => {
    const { store, open } = setUp();
    store.read((tx) => {
      const ask = (operation: string) => thrownBy(() => open(tx, "notes:list")[door](operation, "{}"));
      const notSupported = (operation: string) =>
        new DeveloperError(`${operation} is not supported by the local engine yet`);
      const elsewhere = door === "syscall" ? "1.0/getUserIdentity" : "1.0/getSnapshotTs";
      for (const operation of ["1.0/teleport", "constructor", elsewhere]) {
        expect(ask(operation)).toEqual(notSupported(operation));
      }
    });
  });

  it("that the engine breaks down in goes past the function, though it catches everything", () => {
    const fault = new TypeError("the disk is full");
    const { mutate, ...context } = setUp(parts);
    const storage = new FileStorage({ cloudUrl: () => raise(fault), signingKey: "key", clock: context.clock });
    const broken = { context: { ...context, storage } };
    const asked = { door: "async", operation: "1.0/storageGenerateUploadUrl" };
    expect(thrownBy(() => mutate("operations:inMutation", asked, broken))).toBe(fault);
    expect(mutate("operations:inMutation", asked)).toMatchObject({ answer: expect.stringContaining("token=") });
  });

  it("that is refused stays with the function", () => {
    const asked = { door: "async", operation: "1.0/cancel_job" };
    expect(setUp(parts).mutate("operations:inMutation", asked)).toEqual({
      refusal: "Expected `id` to be a string.",
    });
  });
});

function raise(error: Error): never {
  throw error;
}
