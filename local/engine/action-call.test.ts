import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { Calls } from "./calls.ts";
import { DeveloperError } from "./errors.ts";
import { ExecutionError } from "./failures.ts";
import { requireFunction } from "./functions/signature.ts";
import { LogBuffer } from "./logs.ts";
import { newRequest } from "./request.ts";
import { loadFixture } from "./runtime/test-hosts.ts";
import { makeContext, targetIn } from "./testing/context.ts";
import type { App, Commit, JsonObject } from "./types.ts";

let calls: App;
let parts: App;
const directoryOf = (name: string) => fileURLToPath(new URL(`fixtures/${name}/convex`, import.meta.url));
beforeAll(async () => {
  const outside = { now: () => 1_000, fetch: async () => new Response("page"), setTimeout: setImmediate };
  calls = await loadFixture({ directory: directoryOf("calls"), outside });
  parts = await loadFixture({ directory: directoryOf("parts") });
});

function setUp(app = calls) {
  const context = makeContext(app);
  const { store } = context;
  const logs = new LogBuffer();
  const commits: Commit[] = [];
  store.onCommit((commit) => commits.push(commit));
  const open = (path: string) => {
    const target = targetIn(app, path);
    const runner = new Calls(context, { rehearseMutations: false });
    return runner.openAction({ target, identity: null, request: newRequest(), logs, job: null });
  };
  const act = (path: string, args: JsonObject = {}) =>
    open(path).execute(requireFunction(targetIn(app, path), { publicOnly: false }), args);
  return { ...context, logs, commits, open, act };
}

/** Holds the store until it is let go; `order` says when that was. */
function hold({ store }: Pick<ReturnType<typeof setUp>, "store">, order: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = store.hold(async () => {
    await promise;
    order.push("let go");
  });
  const letGo = async () => {
    await new Promise<void>((turn) => void setImmediate(turn));
    resolve();
    await held;
  };
  return { letGo };
}

describe("an action", () => {
  it("gives the JSON text of what it returned", async () => {
    const { act } = setUp();
    expect(await act("jobs:actionWaits", { delayMs: 5_000, url: "anywhere" })).toBe(`"page at 1000"`);
  });

  it("holds no transaction: each thing that it asks for is a commit, and stays when it fails", async () => {
    const { act, commits, store } = setUp();
    await act("jobs:actionAdds", { text: "a" });
    expect(commits).toHaveLength(1);
    await expect(act("jobs:actionFails")).rejects.toThrow(ExecutionError);
    await expect(act("jobs:actionAdds", { text: 7 })).rejects.toThrow(DeveloperError);
    expect(commits).toHaveLength(1);
    expect(store.held).toBeNull();
  });

  it("that throws is told with its frames", async () => {
    await expect(setUp().act("jobs:actionFails")).rejects.toThrow(/^Uncaught Error: no answer\n {4}at .*jobs\.ts:/);
  });

  it("is refused arguments that it does not declare, before it runs", async () => {
    const { act, commits } = setUp();
    await expect(act("jobs:actionAdds")).rejects.toThrow("ArgumentValidationError: ");
    expect(commits).toEqual([]);
  });

  it("sees its component's variables, and logs for whoever called it", () => {
    const { open, logs } = setUp();
    const host = open("jobs:actionAdds");
    expect([host.environment("GREETING"), host.environment("OTHER")]).toEqual(["good morning", undefined]);
    host.log("WARN", ["'two'", "parts"]);
    expect(logs.lines).toEqual(["[WARN] 'two' parts"]);
  });
});

describe("an operation", () => {
  it("that is asked for at once has no answer: an action waits for all", () => {
    const ask = () => setUp().open("jobs:actionAdds").syscall("1.0/getSnapshotTs");
    expect(ask).toThrow(new DeveloperError("1.0/getSnapshotTs is not supported by the local engine yet"));
  });

  it.each(["1.0/insert", "1.0/teleport", "constructor"])("%s is not known to actions", async (operation) => {
    const host = setUp().open("jobs:actionAdds");
    const refusal = new DeveloperError(`${operation} is not supported by the local engine yet`);
    await expect(host.asyncSyscall(operation, "{}")).rejects.toThrow(refusal);
    await expect(host.jsSyscall(operation, {})).rejects.toThrow(refusal);
  });

  it("needs an object of arguments", async () => {
    const host = setUp().open("jobs:actionAdds");
    await expect(host.asyncSyscall("1.0/getUserIdentity", "[]")).rejects.toThrow(DeveloperError);
  });

  it("on bytes is of the action's own component", async () => {
    const { open, store, storage } = setUp(parts);
    const storageId = String(await open("files:store").jsSyscall("storage/storeBlob", { blob: new Blob(["x"]) }));
    expect(store.read((tx) => storage.loadRow(tx, "", storageId))).toMatchObject({ size: 1 });
  });
});

describe("a store that somebody holds", () => {
  it.each([
    ["an operation", (host: Host) => host.asyncSyscall("1.0/storageGetUrl", `{"storageId":"none"}`)],
    ["bytes", (host: Host) => host.jsSyscall("storage/storeBlob", { blob: new Blob(["x"]) })],
  ])("is waited for by %s", async (_what, ask) => {
    const world = setUp(parts);
    const order: string[] = [];
    const { letGo } = hold(world, order);
    const asked = ask(world.open("files:store")).then(
      () => order.push("answered"),
      () => order.push("refused"),
    );
    await letGo();
    await asked;
    expect(order[0]).toBe("let go");
    expect(order).toHaveLength(2);
  });

  it("is waited for before what an action returned is looked at: it may name documents", async () => {
    const world = setUp(parts);
    const order: string[] = [];
    const { letGo } = hold(world, order);
    const meta = requireFunction(targetIn(parts, "operations:inAction"), { publicOnly: false });
    const refusal = { fieldType: { type: "id", tableName: "notes" }, optional: false };
    const acting = world
      .open("operations:inAction")
      .execute({ ...meta, returns: { type: "object", value: { refusal } } }, { door: "sync", operation: "none" })
      .catch((error: unknown) => {
        order.push("answered");
        return String(error);
      });
    await letGo();
    expect(await acting).toContain("ReturnsValidationError: ");
    expect(order).toEqual(["let go", "answered"]);
  });
});

type Host = ReturnType<ReturnType<typeof setUp>["open"]>;
