import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { LoadedApp } from "../bundle/load-app.ts";
import { DeveloperError, SyscallError } from "../errors.ts";
import type { FunctionHost, Json, Outcome } from "../types.ts";
import { describeFailure } from "./failure.ts";
import { functionHost, loadFixture, rootOf, valueOf } from "./test-hosts.ts";

let app: LoadedApp;
beforeAll(async () => {
  app = await loadFixture();
});

type Run = { args?: Json; host?: FunctionHost; on?: LoadedApp };

function query(name: string, { args = {}, host = functionHost(), on = app }: Run = {}): Outcome {
  return rootOf(on).run(host, { module: "edges", name, kind: "query", argsJson: JSON.stringify([args]) });
}

function stubborn(answers: Partial<FunctionHost>): Outcome {
  const call = { module: "edges", name: "stubborn", kind: "mutation", argsJson: "[{}]" } as const;
  return rootOf(app).run(functionHost(answers), call);
}

describe("what a function sees", () => {
  test("its globals are the allow-list and nothing of Node", () => {
    const globals = valueOf(query("globals"));
    expect(globals).toMatchSnapshot();
    for (const name of ["Buffer", "require", "global", "setImmediate", "SharedArrayBuffer"]) {
      expect(globals).not.toContain(name);
    }
  });

  test("process.env answers with the component's variables", () => {
    expect(valueOf(query("greeting"))).toBe("good morning");
    expect(valueOf(query("greeting", { host: functionHost({ environment: () => undefined }) }))).toBeNull();
  });

  test("console lines reach the host in Convex's form", () => {
    const host = functionHost();
    query("chance", { host });
    expect(host.logged).toEqual(["LOG 'drawing' { at: 1700000000000 }"]);
  });

  test.each([
    ["fetch", "Can't use fetch() in queries and mutations. Please consider using an action."],
    ["setTimeout", "Can't use setTimeout in queries and mutations. Please consider using an action."],
    ["generateKey", "Can't use crypto.subtle.generateKey() in queries and mutations."],
    ["eval", "Code generation from strings disallowed for this context"],
    ["Function", "Code generation from strings disallowed for this context"],
  ])("%s is refused", (attempt, message) => {
    expect(valueOf(query("refused", { args: { attempt } }))).toContain(message);
  });
});

describe("determinism", () => {
  test("the same seed and time give the same draw", () => {
    expect(query("chance")).toEqual(query("chance"));
  });

  test("another seed gives another draw", () => {
    expect(query("chance", { host: functionHost({ seed: 43 }) })).not.toEqual(query("chance"));
  });

  test("time stands still, in every way of asking", () => {
    expect(valueOf(query("chance"))).toMatchObject({
      times: [1_700_000_000_000, 1_700_000_000_000, 0, 1_700_000_000_000],
      uuid: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    });
  });

  test("digests and signatures are the real ones", () => {
    expect(valueOf(query("digest", { args: { text: "abc", secret: "key" } }))).toEqual({
      digest: { $bytes: "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" },
      signature: { $bytes: createHmac("sha256", "key").update("abc").digest("base64") },
      verified: true,
      forged: false,
    });
  });
});

describe("realms", () => {
  test("module state survives between calls by default", () => {
    const first = Number(valueOf(query("count")));
    expect(valueOf(query("count"))).toBe(first + 1);
  });

  test("nothing survives when every call gets a fresh realm", async () => {
    const fresh = await loadFixture({ isolation: "fresh" });
    for (const name of ["count", "count"]) expect(valueOf(query(name, { on: fresh }))).toBe(1);
    for (const name of ["leave", "leave"]) expect(valueOf(query(name, { on: fresh }))).toBe(false);
  });

  test("a nested call runs in another realm, to its end, before the syscall answers", () => {
    const nested: unknown[] = [];
    const outer = stubborn({
      asyncSyscall: () => {
        query("leave");
        nested.push(valueOf(stubborn({ asyncSyscall: () => `{"_id":"inner"}` })));
        return `{"_id":"outer"}`;
      },
    });
    expect(nested).toEqual(["inserted"]);
    expect(valueOf(outer)).toBe("inserted");
  });
});

describe("failures", () => {
  test("a promise that nothing can settle fails the call, and the next call works", () => {
    const message = expect.stringMatching(
      /^Returned promise will never resolve\n {4}in query edges:hang, after \d+ ms$/,
    );
    expect(query("hang")).toEqual({ ok: false, message });
    expect(query("greeting").ok).toBe(true);
  });

  test("a function that spins is cut off, and the next call works", async () => {
    const watched = await loadFixture({ timeoutMs: 40 });
    const words = /^Function execution timed out \(maximum duration: 0.04s\)\n {4}in query edges:spin, after \d+ ms$/;
    const message = expect.stringMatching(words);
    expect(query("spin", { on: watched })).toEqual({ ok: false, message });
    expect(query("greeting", { on: watched }).ok).toBe(true);
  });

  test("a nested function that spins ends alone: its caller may go on", async () => {
    const watched = await loadFixture({ timeoutMs: 400 });
    const asyncSyscall = () => {
      const inner = query("spin", { on: watched });
      if (!inner.ok) throw new SyscallError(inner.message);
      return inner.value;
    };
    const call = { module: "edges", name: "stubborn", kind: "mutation", argsJson: "[{}]" } as const;
    const outcome = rootOf(watched).run(functionHost({ asyncSyscall }), call);
    expect(valueOf(outcome)).toContain("Function execution timed out");
  });

  test("the frames are those of the sources", () => {
    const outcome = query("throwing", { args: { kind: "plain" } });
    expect(outcome).toMatchObject({ ok: false, message: "plain words" });
    expect(outcome.ok ? "" : describeFailure(outcome)).toMatch(
      /^Uncaught Error: plain words\n {4}at handler \(\.\.\/convex\/edges\.ts:\d+:\d+\)/,
    );
  });

  test("an error of another kind carries its name", () => {
    const outcome = query("throwing", { args: { kind: "typed" } });
    expect(outcome.ok ? "" : describeFailure(outcome)).toMatch(/^Uncaught TypeError: wrong type\n/);
  });

  test("a ConvexError carries its data in Convex's encoding", () => {
    const outcome = query("throwing", { args: { kind: "convex" } });
    expect(outcome).toMatchObject({ data: `{"code":"nope","count":{"$integer":"AgAAAAAAAAA="}}` });
    expect(outcome.ok ? "" : describeFailure(outcome)).toMatch(/^Uncaught ConvexError: /);
  });

  test("whatever else is thrown becomes text", () => {
    expect(query("throwing", { args: { kind: "a string" } })).toEqual({ ok: false, message: "a string" });
  });
});

describe("syscalls", () => {
  test("an answer reaches the function", () => {
    expect(valueOf(stubborn({ asyncSyscall: () => `{"_id":"x"}` }))).toBe("inserted");
  });

  test("a SyscallError is an error of the function's own realm, which it may catch", () => {
    const asyncSyscall = () => {
      throw new SyscallError("table is full");
    };
    expect(valueOf(stubborn({ asyncSyscall }))).toBe("Error: table is full");
  });

  test("data of a SyscallError makes a ConvexError", () => {
    const asyncSyscall = () => {
      throw new SyscallError("refused", { code: "full" });
    };
    expect(valueOf(stubborn({ asyncSyscall }))).toBe(`convex {"code":"full"}`);
  });

  test("a fault of the engine is thrown to the engine, though the function caught it", () => {
    const fault = new RangeError("index out of range");
    const asyncSyscall = () => {
      throw fault;
    };
    expect(() => stubborn({ asyncSyscall })).toThrow(fault);
  });

  test("after a fault of the engine a function that goes on is answered nothing more", () => {
    const asked: string[] = [];
    const host = functionHost({
      asyncSyscall: (operation) => {
        asked.push(operation);
        throw new RangeError("index out of range");
      },
    });
    const call = { module: "edges", name: "stubbornTwice", kind: "mutation", argsJson: "[{}]" } as const;
    expect(() => rootOf(app).run(host, call)).toThrow("index out of range");
    expect(asked).toEqual(["1.0/insert"]);
  });

  test("a DeveloperError stays with the function", () => {
    const asyncSyscall = () => {
      throw new DeveloperError("no such table");
    };
    expect(valueOf(stubborn({ asyncSyscall }))).toBe("Error: no such table");
  });
});
