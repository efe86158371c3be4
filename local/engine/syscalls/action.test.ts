import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ActionScope } from "../context.ts";
import { DeveloperError } from "../errors.ts";
import { createHandle } from "../functions/addresses.ts";
import { LogBuffer } from "../logs.ts";
import { newRequest } from "../request.ts";
import { loadState } from "../scheduler/jobs.ts";
import { NOON } from "../store/testing.ts";
import { declareApp, makeContext, targetIn } from "../testing/context.ts";
import type { Commit, Identity, Json, JsonObject } from "../types.ts";
import { ACTION_OPERATIONS, type BytePlace, runByteOperation } from "./action.ts";

const APP = declareApp({
  "": { "mail:send": "action", "notes:add": "mutation" },
  vault: { "entries:act": "action" },
});
const TEXT = z.string();
const ADA: Identity = { tokenIdentifier: "i|ada", issuer: "i", subject: "ada" };

/** Asks as an action. The calls that it makes of other functions are noted, and answer `"called"`. */
function setUp() {
  const context = makeContext(APP);
  const { store, storage } = context;
  const calls: unknown[] = [];
  const commits: Commit[] = [];
  store.onCommit((commit) => commits.push(commit));
  const scope: ActionScope = {
    context,
    target: targetIn(APP, "mail:send"),
    identity: null,
    job: null,
    request: newRequest(),
    logs: new LogBuffer(),
    call: async (call) => {
      calls.push(call);
      return `"called"`;
    },
  };
  const ask = async (operation: string, args: JsonObject = {}, more: Partial<ActionScope> = {}): Promise<Json> =>
    JSON.parse((await ACTION_OPERATIONS.get(operation)?.({ ...scope, ...more }, args)) ?? "");
  const place: BytePlace = { storage, component: "", transact: async (body) => store.write(body).value };
  const askBytes = (operation: string, args: Record<string, unknown>, more: Partial<BytePlace> = {}) =>
    runByteOperation({ ...place, ...more }, operation, args);
  const stateOf = (id: Json, component = "") =>
    store.write((tx) => loadState(tx, { component, id: TEXT.parse(id) })?.kind).value;
  return { ...context, ask, askBytes, calls, commits, stateOf };
}

describe("a call", () => {
  it.each(["query", "mutation", "action"] as const)(
    "of a %s names its target and gives what it answers",
    async (kind) => {
      const { ask, calls } = setUp();
      expect(await ask(`1.0/actions/${kind}`, { name: "notes.js:add", args: { text: "x" } })).toBe("called");
      const functionHandle = createHandle(targetIn(APP, "entries:act", "vault"));
      await ask(`1.0/actions/${kind}`, { functionHandle, args: {} });
      expect(calls).toEqual([
        { kind, target: targetIn(APP, "notes:add"), args: { text: "x" } },
        { kind, target: targetIn(APP, "entries:act", "vault"), args: {} },
      ]);
    },
  );

  it.each([
    [{ name: "notes:add" }, "Expected `args`."],
    [{ args: {} }, "Expected a function name, a reference or a function handle."],
  ])("that says only %j is refused", async (args, message) => {
    const { ask, calls } = setUp();
    await expect(ask("1.0/actions/query", args)).rejects.toThrow(new DeveloperError(message));
    expect(calls).toEqual([]);
  });
});

describe("what an action changes", () => {
  it("is a commit of its own for each operation, in the order of asking", async () => {
    const { ask, commits, stateOf } = setUp();
    const id = await ask("1.0/actions/schedule", { name: "notes:add", args: {}, ts: NOON / 1000 });
    expect([commits.length, stateOf(id)]).toEqual([1, "pending"]);
    expect(await ask("1.0/actions/cancel_job", { id })).toBeNull();
    expect([commits.length, stateOf(id)]).toEqual([2, "canceled"]);
  });

  it("is nothing when the operation is refused", async () => {
    const { ask, commits } = setUp();
    await expect(ask("1.0/actions/schedule", { name: "notes:gone", args: {}, ts: 0 })).rejects.toThrow(DeveloperError);
    await expect(ask("1.0/actions/cancel_job")).rejects.toThrow("Expected `id` to be a string.");
    expect(commits).toEqual([]);
  });

  it("goes on running for a cancelled job, and what it schedules then never starts", async () => {
    const { ask, stateOf } = setUp();
    const operation = { name: "notes:add", args: {}, ts: NOON / 1000 };
    const own = TEXT.parse(await ask("1.0/actions/schedule", operation));
    await ask("1.0/actions/cancel_job", { id: own });
    const job = { component: "", id: own, kind: "action" } as const;
    expect(stateOf(await ask("1.0/actions/schedule", operation, { job }))).toBe("canceled");
  });

  it("belongs to the action's component", async () => {
    const { ask, stateOf } = setUp();
    const target = targetIn(APP, "entries:act", "vault");
    const id = await ask("1.0/actions/schedule", { name: "entries:act", args: {}, ts: NOON / 1000 }, { target });
    await ask("1.0/actions/cancel_job", { id });
    expect(stateOf(id, "vault")).toBe("pending");
    await ask("1.0/actions/cancel_job", { id }, { target });
    expect(stateOf(id, "vault")).toBe("canceled");
  });
});

describe("an action", () => {
  it("knows who called it, and itself", async () => {
    const { ask } = setUp();
    const target = targetIn(APP, "entries:act", "vault");
    expect(await ask("1.0/getUserIdentity")).toBeNull();
    expect(await ask("1.0/getUserIdentity", {}, { identity: ADA })).toEqual(ADA);
    expect(await ask("1.0/getFunctionMetadata", {}, { target })).toEqual({
      name: "entries:act",
      componentPath: "vault",
    });
    expect(await ask("1.0/createFunctionHandle", { name: "entries:act" }, { target })).toBe(createHandle(target));
  });
});

describe("bytes", () => {
  const blob = new Blob(["añ"], { type: "text/plain" });
  const digest = createHash("sha256").update("añ");

  it("come back as a blob of the same type, and are known to the operations that ask for less", async () => {
    const { ask, askBytes } = setUp();
    const storageId = TEXT.parse(await askBytes("storage/storeBlob", { blob }));
    const loaded = await askBytes("storage/getBlob", { storageId });
    expect(loaded).toBeInstanceOf(Blob);
    expect(loaded).toMatchObject({ type: "text/plain", size: 3 });
    expect(loaded instanceof Blob ? await loaded.text() : null).toBe("añ");
    expect(await ask("1.0/storageGetUrl", { storageId })).toBe(`http://cloud.test/api/storage/${storageId}`);
    expect(await ask("1.0/storageGetMetadata", { storageId })).toEqual({
      storageId,
      sha256: digest.copy().digest("hex"),
      size: 3,
      contentType: "text/plain",
    });
  });

  it.each([
    ["no type", ""],
    ["a type", "image/png"],
  ])("of %s keep it so", async (_what, type) => {
    const { askBytes } = setUp();
    const storageId = await askBytes("storage/storeBlob", { blob: new Blob(["x"], { type }) });
    expect(await askBytes("storage/getBlob", { storageId })).toMatchObject({ type });
  });

  it("that were deleted are null", async () => {
    const { ask, askBytes } = setUp();
    const storageId = TEXT.parse(await askBytes("storage/storeBlob", { blob }));
    expect(await ask("1.0/storageDelete", { storageId })).toBeNull();
    expect(await askBytes("storage/getBlob", { storageId })).toBeNull();
    expect(await ask("1.0/storageGetUrl", { storageId })).toBeNull();
    expect(await ask("1.0/storageGetMetadata", { storageId })).toBeNull();
  });

  it("lie in the component whose action stored them", async () => {
    const { askBytes } = setUp();
    const storageId = await askBytes("storage/storeBlob", { blob }, { component: "vault" });
    expect(await askBytes("storage/getBlob", { storageId }, { component: "vault" })).toMatchObject({ size: 3 });
    expect(await askBytes("storage/getBlob", { storageId })).toBeNull();
  });

  it("are held to the digest that was promised, in either of its forms", async () => {
    const { askBytes, commits } = setUp();
    for (const form of ["base64", "hex"] as const) {
      await askBytes("storage/storeBlob", { blob, options: { sha256: digest.copy().digest(form) } });
    }
    const wrong = askBytes("storage/storeBlob", { blob, options: { sha256: "AAAA" } });
    await expect(wrong).rejects.toThrow("The uploaded bytes do not have the given SHA-256 digest.");
    expect(commits).toHaveLength(2);
  });

  it.each([
    ["storage/storeBlob", {}, "Expected a Blob to store."],
    ["storage/storeBlob", { blob: "text" }, "Expected a Blob to store."],
    ["storage/getBlob", {}, "Expected `storageId` to be a string."],
    ["storage/getBlob", { storageId: 7 }, "Expected `storageId` to be a string."],
    ["storage/fold", {}, "storage/fold is not supported by the local engine yet"],
    ["constructor", {}, "constructor is not supported by the local engine yet"],
  ])("asked for by %s %j are refused: %s", async (operation, args, message) => {
    const { askBytes } = setUp();
    await expect(askBytes(operation, args)).rejects.toThrow(new DeveloperError(message));
  });
});

it("an upload URL is good for the action's component", async () => {
  const { ask, storage } = setUp();
  const url = await ask("1.0/storageGenerateUploadUrl", {}, { target: targetIn(APP, "entries:act", "vault") });
  const token = new URL(TEXT.parse(url)).searchParams.get("token");
  expect(storage.verifyUploadToken(token ?? "")).toBe("vault");
});
