import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { RunningJob, TransactionalScope } from "../context.ts";
import { DeveloperError } from "../errors.ts";
import { createHandle, type Target } from "../functions/addresses.ts";
import { LogBuffer } from "../logs.ts";
import { newRequest } from "../request.ts";
import { loadState } from "../scheduler/jobs.ts";
import { NOON } from "../store/testing.ts";
import type { Transaction } from "../store/transaction.ts";
import { declareApp, makeContext, targetIn } from "../testing/context.ts";
import type { Identity, Json, JsonObject } from "../types.ts";
import { wrapInt64 } from "../values/wrapped.ts";
import { SYNCHRONOUS_OPERATIONS, TRANSACTIONAL_OPERATIONS } from "./transactional.ts";

const APP = declareApp({
  "": { "notes:add": "mutation", "notes:list": "query", "notes:default": "query" },
  vault: { "entries:list": "query" },
});
const ADA: Identity = { tokenIdentifier: "i|ada", issuer: "i", subject: "ada" };

type Nested = Parameters<TransactionalScope["callNested"]>[0];
type Caller = { writable?: boolean; target?: Target; identity?: Identity | null; job?: RunningJob | null };

/** Asks as a function of the app that runs in a transaction of its own. Nested calls are noted, and answer `"nested"`. */
function setUp() {
  const context = makeContext(APP);
  const { store } = context;
  const nested: Nested[] = [];
  const scopeOf = (tx: Transaction, caller: Caller): TransactionalScope => ({
    context,
    target: targetIn(APP, "notes:add"),
    identity: null,
    writable: true,
    job: null,
    request: newRequest(),
    logs: new LogBuffer(),
    now: NOON,
    ...caller,
    tx,
    callNested: (call) => {
      nested.push(call);
      return `"nested"`;
    },
  });
  const run = (scope: TransactionalScope, operation: string, args: JsonObject): Json => {
    const table = SYNCHRONOUS_OPERATIONS.has(operation) ? SYNCHRONOUS_OPERATIONS : TRANSACTIONAL_OPERATIONS;
    return JSON.parse(table.get(operation)?.(scope, args) ?? "");
  };
  /** One operation of a mutation, or of a query, that does nothing else. */
  const ask = (operation: string, args: JsonObject = {}, caller: Caller = {}): Json =>
    store.write((tx) => run(scopeOf(tx, caller), operation, args)).value;
  const askText = (...asked: Parameters<typeof ask>): string => z.string().parse(ask(...asked));
  return { ...context, nested, ask, askText, run, scopeOf };
}

describe("a nested call", () => {
  it.each([
    ["query", "notes:list", "notes:list"],
    ["mutation", "notes.js:add", "notes:add"],
    ["snapshotQuery", "notes", "notes:default"],
  ] as const)("of a %s names its target, takes its arguments, and gives what it answers", (udfType, name, path) => {
    const { ask, nested } = setUp();
    expect(ask("1.0/runUdf", { udfType, name, args: { text: "x" } })).toBe("nested");
    expect(nested).toEqual([{ target: targetIn(APP, path), kind: udfType, args: { text: "x" }, budget: {} }]);
  });

  it("reaches down into a component, and back up by a handle", () => {
    const { ask, nested } = setUp();
    const udfType = "query";
    ask("1.0/runUdf", { udfType, reference: "_reference/childComponent/vault/entries/list", args: {} });
    const functionHandle = createHandle(targetIn(APP, "notes:list"));
    ask("1.0/runUdf", { udfType, functionHandle, args: {} }, { target: targetIn(APP, "entries:list", "vault") });
    expect(nested.map(({ target }) => target)).toEqual([
      targetIn(APP, "entries:list", "vault"),
      targetIn(APP, "notes:list"),
    ]);
  });

  it.each([
    ["mutation", false, "Cannot call a mutation function from a query function"],
    ["snapshotQuery", false, "Only a mutation can ask for a stale snapshot"],
    ["action", true, "Cannot call a function as action."],
    ["constructor", true, "Cannot call a function as constructor."],
  ])("of a %s by a caller that may write, %s, is refused", (udfType, writable, message) => {
    const { ask, nested } = setUp();
    const call = () => ask("1.0/runUdf", { udfType, name: "notes:add", args: {} }, { writable });
    expect(call).toThrow(new DeveloperError(message));
    expect(nested).toEqual([]);
  });
});

describe("who asks", () => {
  it.each([
    ["somebody", ADA],
    ["nobody", null],
  ])("is %s, and whoever reads it holds for that caller alone", (_who, identity) => {
    const { store, scopeOf, run } = setUp();
    store.read((tx) => {
      const scope = scopeOf(tx, { identity, writable: false });
      run(scope, "1.0/getFunctionMetadata", {});
      expect(tx.usedIdentity).toBe(false);
      expect(run(scope, "1.0/getUserIdentity", {})).toEqual(identity);
      expect(tx.usedIdentity).toBe(true);
    });
  });

  it.each([
    ["notes:add", "", { name: "notes:add", componentPath: "" }],
    ["notes:default", "", { name: "notes", componentPath: "" }],
    ["entries:list", "vault", { name: "entries:list", componentPath: "vault" }],
  ])("knows itself as %s of component %j", (path, component, expected) => {
    const { ask } = setUp();
    expect(ask("1.0/getFunctionMetadata", {}, { target: targetIn(APP, path, component) })).toEqual(expected);
  });

  it("can give a handle that leads to the same function from anywhere", () => {
    const { ask } = setUp();
    const handle = ask(
      "1.0/createFunctionHandle",
      { name: "entries.js:list" },
      { target: targetIn(APP, "entries:list", "vault") },
    );
    expect(handle).toBe(createHandle(targetIn(APP, "entries:list", "vault")));
  });

  it("reads what was committed last, as an int64, and not its own transaction", () => {
    const { store, scopeOf, run } = setUp();
    const { timestamp } = store.write((tx) => tx.insert(tx.ensureTable("", "notes"), {}));
    const seen = store.write((tx) => {
      tx.insert(tx.ensureTable("", "notes"), {});
      return run(scopeOf(tx, {}), "1.0/getSnapshotTs", {});
    }).value;
    expect(seen).toEqual(wrapInt64(timestamp));
  });
});

describe("jobs", () => {
  const scheduled = { name: "notes:add", args: {}, ts: NOON / 1000 };

  it("are scheduled and cancelled by a mutation", () => {
    const { ask, askText, store } = setUp();
    const id = askText("1.0/schedule", scheduled);
    const kind = () => store.write((tx) => loadState(tx, { component: "", id })?.kind).value;
    expect(kind()).toBe("pending");
    expect(ask("1.0/cancel_job", { id })).toBeNull();
    expect(kind()).toBe("canceled");
  });

  it("may be cancelled by the action that runs for it, not by the mutation that does", () => {
    const { ask, askText } = setUp();
    const id = askText("1.0/schedule", scheduled);
    const cancelAs = (kind: "mutation" | "action") =>
      ask("1.0/cancel_job", { id }, { job: { component: "", id, kind } });
    expect(() => cancelAs("mutation")).toThrow(new DeveloperError("A mutation cannot cancel itself"));
    expect(cancelAs("action")).toBeNull();
  });

  it("of another component are not found, let alone cancelled", () => {
    const { ask, askText, store } = setUp();
    const id = askText("1.0/schedule", scheduled);
    ask("1.0/cancel_job", { id }, { target: targetIn(APP, "entries:list", "vault") });
    expect(store.write((tx) => loadState(tx, { component: "", id })?.kind).value).toBe("pending");
  });
});

describe("files", () => {
  const text = "añ";
  const digest = createHash("sha256").update(text);
  const sha256 = digest.copy().digest("base64");
  const blob = Buffer.from(text).toString("base64");

  it("come back with their bytes, their type and what is known of them", () => {
    const { ask, askText } = setUp();
    const storageId = askText("1.0/storageStore", { blob, contentType: "text/plain", sha256 });
    expect(ask("1.0/storageGet", { storageId })).toEqual({ blob, contentType: "text/plain" });
    expect(ask("1.0/storageGetMetadata", { storageId })).toEqual({
      storageId,
      sha256: digest.copy().digest("hex"),
      size: 3,
      contentType: "text/plain",
    });
    expect(ask("1.0/storageGetUrl", { storageId })).toBe(`http://cloud.test/api/storage/${storageId}`);
  });

  it.each([[""], [null], [7]])("of the type %j have none", (contentType) => {
    const { ask, askText } = setUp();
    const storageId = askText("1.0/storageStore", { blob, contentType });
    expect(ask("1.0/storageGet", { storageId })).toMatchObject({ contentType: null });
    expect(ask("1.0/storageGetMetadata", { storageId })).toMatchObject({ contentType: null });
  });

  it("with another digest than they were said to have are refused", () => {
    const { ask } = setUp();
    expect(() => ask("1.0/storageStore", { blob: "", sha256 })).toThrow(DeveloperError);
  });

  it("that were deleted are null to every question, and cannot be deleted again", () => {
    const { ask, askText } = setUp();
    const storageId = askText("1.0/storageStore", { blob });
    expect(ask("1.0/storageDelete", { storageId })).toBeNull();
    for (const operation of ["1.0/storageGet", "1.0/storageGetMetadata", "1.0/storageGetUrl"]) {
      expect([operation, ask(operation, { storageId })]).toEqual([operation, null]);
    }
    expect(() => ask("1.0/storageDelete", { storageId })).toThrow(DeveloperError);
  });

  it("of one component are none of another's", () => {
    const { ask, askText } = setUp();
    const vault = { target: targetIn(APP, "entries:list", "vault") };
    const storageId = askText("1.0/storageStore", { blob }, vault);
    expect(ask("1.0/storageGetUrl", { storageId }, vault)).toBe(
      `http://cloud.test/api/storage/${storageId}?component=vault`,
    );
    expect(ask("1.0/storageGenerateUploadUrl", {}, vault)).toMatch(
      /^http:\/\/cloud\.test\/api\/storage\/upload\?token=/,
    );
    expect(ask("1.0/storageGetUrl", { storageId })).toBeNull();
  });
});

describe("a query", () => {
  it.each([
    ["1.0/schedule", "schedule a function"],
    ["1.0/cancel_job", "cancel a scheduled function"],
    ["1.0/storageGenerateUploadUrl", "generate an upload URL"],
    ["1.0/storageStore", "store a file"],
    ["1.0/storageGet", "read a file"],
    ["1.0/storageDelete", "delete a file"],
  ])("is refused %s before its arguments are looked at", (operation, what) => {
    const { ask } = setUp();
    expect(() => ask(operation, {}, { writable: false })).toThrow(new DeveloperError(`A query cannot ${what}.`));
  });
});
