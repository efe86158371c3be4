import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { LoadedApp } from "../bundle/load-app.ts";
import { SyscallError } from "../errors.ts";
import type { ActionHost, Json, Outcome } from "../types.ts";
import { describeFailure, HttpActionError } from "./failure.ts";
import { guardProcess } from "./requests.ts";
import { actionHost, loadFixture, rootOf, valueOf } from "./test-hosts.ts";

let app: LoadedApp;
beforeAll(async () => {
  app = await loadFixture();
});

type Act = { args?: Json; host?: ActionHost; on?: LoadedApp };

function act(path: string, { args = {}, host = actionHost(), on = app }: Act = {}): Promise<Outcome> {
  const [module = "", name = ""] = path.split(":");
  return rootOf(on).act(host, { module, name, kind: "action", argsJson: JSON.stringify([args]) });
}

const messages = `[{"author":"Ana","body":"oi"}]`;
const answering = (): ActionHost & { logged: string[] } => actionHost({ asyncSyscall: async () => messages });

describe("the default runtime", () => {
  test("has timers, fetch's classes and webcrypto, and neither Buffer nor require", async () => {
    expect(valueOf(await act("outside:surroundings"))).toEqual({
      buffer: "undefined",
      require: "undefined",
      greeting: "good morning",
      timer: "number",
      digest: 32,
      foreignArray: true,
    });
  });

  test("fetches", async () => {
    const url = "data:text/plain,hello";
    expect(valueOf(await act("outside:fetchText", { args: { url } }))).toBe("hello");
  });

  test("has the time, the timers and the network that its loader gives it", async () => {
    let now = Date.UTC(2026, 0, 5);
    const on = await loadFixture({
      outside: {
        now: () => now,
        fetch: async () => new Response("page of the loader"),
        setTimeout: (callback, delayMs = 0) => {
          now += delayMs;
          setImmediate(callback);
          return 1;
        },
      },
    });
    const before = now;
    expect(valueOf(await act("outside:times", { args: { waitMs: 3_600_000 }, on }))).toEqual({
      before: [before, before, before],
      after: before + 3_600_000,
      epoch: 0,
    });
    expect(valueOf(await act("outside:fetchText", { args: { url: "page" }, on }))).toBe("page of the loader");
  });

  test("a failed fetch is an error of the action", async () => {
    const outcome = await act("outside:fetchText", { args: { url: "http://127.0.0.1:1/" } });
    expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining("fetch failed") });
  });

  test("calls functions and keeps files through its host", async () => {
    const host = actionHost({
      asyncSyscall: async (operation) => (operation === "1.0/actions/query" ? messages : "null"),
      jsSyscall: async (operation) => (operation === "storage/storeBlob" ? "file-1" : new Blob(["hello"])),
    });
    expect(valueOf(await act("outside:roundTrip", { args: { room: "lobby" }, host }))).toEqual({
      text: "hello",
      list: JSON.parse(messages),
    });
  });

  test("two actions side by side each find their own host", async () => {
    const outcomes = ["first", "second"].map(async (text) => {
      const host = actionHost({
        jsSyscall: async (operation) => (operation === "storage/storeBlob" ? text : new Blob([text])),
        asyncSyscall: async () => JSON.stringify(text),
      });
      return valueOf(await act("outside:roundTrip", { args: { room: text }, host }));
    });
    expect(await Promise.all(outcomes)).toEqual([
      { text: "first", list: "first" },
      { text: "second", list: "second" },
    ]);
  });

  test("a refused syscall fails the action with the refusal's words and data", async () => {
    const host = actionHost({
      jsSyscall: async () => "file-1",
      asyncSyscall: () => Promise.reject(new SyscallError("not now", { code: "busy" })),
    });
    const outcome = await act("outside:roundTrip", { args: { room: "lobby" }, host });
    expect(outcome).toMatchObject({ ok: false });
  });

  test("frames of a failure are those of the sources", async () => {
    const outcome = await act("outside:failing");
    expect(outcome.ok ? "" : describeFailure(outcome)).toMatch(
      /^Uncaught TypeError: not today\n {4}at handler \(\.\.\/convex\/outside\.ts:\d+:\d+\)/,
    );
  });

  test("an action that takes too long fails", async () => {
    const limited = await loadFixture({ actionTimeLimitMs: 20 });
    expect(await act("outside:slow", { on: limited })).toEqual({
      ok: false,
      message: "Function execution timed out (maximum duration: 0.02s)\n    in action outside:slow, after 20 ms",
    });
  });

  test("a fresh realm for each action answers the same", async () => {
    const fresh = await loadFixture({ isolation: "fresh" });
    expect(valueOf(await act("outside:surroundings", { on: fresh }))).toMatchObject({ buffer: "undefined" });
  });

  test("what an action leaves running cannot act, and its failure is a log line", async () => {
    const host = answering();
    const stop = guardProcess(() => {});
    try {
      expect(valueOf(await act("outside:careless", { host }))).toBeNull();
      await vi.waitFor(() => expect(host.logged).toHaveLength(1));
      expect(host.logged[0]).toContain("used outside of a running action");
    } finally {
      stop();
    }
  });
});

describe("the Node runtime", () => {
  test("has Node's builtins and Buffer, and the app's environment instead of the machine's", async () => {
    const digest = createHash("sha1").update(messages).digest("hex");
    expect(valueOf(await act("machine:fingerprint", { args: { room: "lobby" }, host: answering() }))).toEqual({
      digest,
      buffer: "function",
      greeting: "good morning",
      path: null,
    });
  });

  test("its console is the request's log", async () => {
    const host = answering();
    await act("machine:fingerprint", { args: { room: "lobby" }, host });
    expect(host.logged).toEqual(["INFO 'fingerprint of' 'lobby'"]);
  });

  test("frames of a failure are those of the sources", async () => {
    const outcome = await act("machine:failing");
    expect(outcome.ok ? "" : describeFailure(outcome)).toMatch(
      /^Uncaught Error: machine broke\n {4}at handler \(\.\.\/convex\/machine\.ts:\d+:\d+\)/,
    );
  });
});

describe("http actions", () => {
  test("a route answers with status, headers and body", async () => {
    const request = new Request("http://engine.local/echo", { method: "POST", body: `["a"]` });
    const response = await app.serveHttp(() => actionHost(), request);
    expect(response?.status).toBe(201);
    expect(response?.headers.get("x-fixture")).toBe("yes");
    expect(await response?.json()).toEqual({ body: ["a"], list: true });
  });

  test("a prefix route reaches the app's functions", async () => {
    const response = await app.serveHttp(() => answering(), new Request("http://engine.local/rooms/lobby"));
    expect(await response?.json()).toEqual(JSON.parse(messages));
  });

  test("no route gives null", async () => {
    expect(await app.serveHttp(() => actionHost(), new Request("http://engine.local/nowhere"))).toBeNull();
    expect(await app.serveHttp(() => actionHost(), new Request("http://engine.local/echo"))).toBeNull();
  });

  test("a handler's error is thrown with its frames", async () => {
    const failed = app.serveHttp(() => actionHost(), new Request("http://engine.local/broken"));
    const error = await failed.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HttpActionError);
    expect(error).toMatchObject({
      message: "no such page",
      failure: { stack: expect.stringContaining("../convex/http.ts") },
    });
  });
});
