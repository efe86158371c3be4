import { Script } from "node:vm";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { DeveloperError, SyscallError } from "../errors.ts";
import type { FunctionHost, FunctionKind } from "../types.ts";
import { callMethod, property } from "./foreign.ts";
import { FunctionRealm, type RealmOptions } from "./function-realm.ts";
import { functionHost, valueOf } from "./test-hosts.ts";

type Options = Partial<Omit<RealmOptions, "modules" | "component">> & { host?: FunctionHost };

/** A realm whose one module `m` is this text. */
function makeRealm(code: string, { host = functionHost(), mapStack = (stack) => stack, timeoutMs = 0 }: Options = {}) {
  const modules = new Script(`(function (exports) { const m = exports.m = {}; ${code}\n})`, { filename: "m.js" });
  const realm = new FunctionRealm(host, { modules, mapStack, timeoutMs, component: "" });
  const run = (name: string, answers: Partial<FunctionHost> = {}, kind: FunctionKind = "query") =>
    realm.run(functionHost(answers), { module: "m", name, kind, argsJson: `[{"n":7}]` });
  return { realm, run };
}

/** A query with this body, which says its result as JSON text, as registered functions do. */
const query = (name: string, body: string): string =>
  `m.${name} = { invokeQuery: async (args) => { const run = async () => {${body}}; return JSON.stringify(await run()); } };`;

const CAREFUL = query(
  "careful",
  `try { return await Convex.asyncSyscall("op", "{}"); } catch (error) { return [error instanceof Error, error.message]; }`,
);
/** To the second and in UTC, so that the text can be read back. */
const FORMATS = `
  const FULL = { year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "UTC" };
  const partsOf = (parts) => parts.map(({ value }) => value).join("");`;
const SURROUNDINGS = `[process.env.GREETING, Date.now(), Math.random(), crypto.randomUUID()]`;

describe("the app's modules", () => {
  const code = `m.seen = ${SURROUNDINGS}; console.log("loading");`;

  test("see the environment, the time and the log of who has them evaluated, and the same chance in every realm", () => {
    const host = functionHost();
    const seen = [host, functionHost({ seed: 1, now: 5 })].map((one) =>
      Array.from(Object(property(property(makeRealm(code, { host: one }).realm.modules, "m"), "seen"))),
    );
    expect(seen[0]?.slice(0, 2)).toEqual(["good morning", 1_700_000_000_000]);
    expect(seen[1]?.slice(0, 2)).toEqual(["good morning", 5]);
    expect(seen[0]?.slice(2)).toEqual(seen[1]?.slice(2));
    expect(host.logged).toEqual(["LOG 'loading'"]);
  });

  test("may not ask for anything before there is a call", () => {
    expect(() => makeRealm(`Convex.syscall("op", "{}");`)).toThrow("used outside of a running function");
  });

  test("throw what they throw when they cannot be evaluated", () => {
    expect(() => makeRealm(`throw new RangeError("half written");`)).toThrow(
      expect.objectContaining({ name: "RangeError", message: "half written" }),
    );
  });

  test("are objects of the realm", () => {
    const { realm } = makeRealm(`m.list = [];`);
    const list = property(property(realm.modules, "m"), "list");
    expect([Array.isArray(list), list instanceof Array]).toEqual([true, false]);
  });
});

describe("a call", () => {
  test("gets the arguments' text, and its result's text is the outcome", () => {
    const { run } = makeRealm(`m.echo = { invokeQuery: async (args) => args, invokeMutation: async () => "1" };`);
    expect(run("echo")).toEqual({ outcome: { ok: true, value: `[{"n":7}]` }, reusable: true });
    expect(run("echo", {}, "mutation").outcome).toEqual({ ok: true, value: "1" });
  });

  test("has the environment, the time and the chance of its own host, whoever called before", () => {
    const { run } = makeRealm(query("look", `return ${SURROUNDINGS};`));
    const look = (answers: Partial<FunctionHost>) => valueOf(run("look", answers).outcome);
    const first = look({ seed: 1, now: 5, environment: () => "mine" });
    expect(first).toEqual(["mine", 5, expect.any(Number), expect.any(String)]);
    expect(look({ seed: 2, now: 6 })).toEqual(["good morning", 6, expect.any(Number), expect.any(String)]);
    expect(look({ seed: 1, now: 5, environment: () => "mine" })).toEqual(first);
  });

  test.each([
    "Date.now()",
    "+new Date()",
    "Date.parse(Date())",
    "new Date().constructor.now()",
    "+new (Object.getPrototypeOf(new Date()).constructor)()",
    "Object.getPrototypeOf(Date).now?.() ?? Date.now()",
    "+new (class Own extends Date {})()",
    "performance.timeOrigin + performance.now() + Date.now()",
    "Date.parse(new Intl.DateTimeFormat('en', FULL).format() + ' UTC')",
    "Date.parse(Intl.DateTimeFormat('en', FULL).format(undefined) + ' UTC')",
    "Date.parse(partsOf(new Intl.DateTimeFormat('en', FULL).formatToParts()) + ' UTC')",
    "Date.parse([undefined].map(new Intl.DateTimeFormat('en', FULL).format)[0] + ' UTC')",
    "Date.parse(new (class Own extends Intl.DateTimeFormat {})('en', FULL).format() + ' UTC')",
    "Date.parse(Reflect.get(Intl.DateTimeFormat.prototype, 'format', Intl.DateTimeFormat('en', FULL))() + ' UTC')",
    "Date.parse(Reflect.get(Object.getPrototypeOf(Intl.DateTimeFormat('en', FULL)), 'format', Intl.DateTimeFormat('en', FULL))() + ' UTC')",
  ])("finds no way to the real time: not %s", (expression) => {
    const { run } = makeRealm(`${FORMATS} ${query("time", `return ${expression};`)}`);
    expect(valueOf(run("time", { now: 5_000 }).outcome)).toBe(5_000);
  });

  test.each([
    ["new Intl.DateTimeFormat('en', FULL).format(7_000)", "1/1/1970, 00:00:07"],
    ["new Intl.DateTimeFormat('en', FULL).format(new Date(7_000))", "1/1/1970, 00:00:07"],
    ["partsOf(new Intl.DateTimeFormat('en', FULL).formatToParts(7_000))", "1/1/1970, 00:00:07"],
    ["new Intl.DateTimeFormat('en', FULL).formatRange(7_000, 7_000)", "1/1/1970, 00:00:07"],
    [
      "(() => { const f = Intl.DateTimeFormat(); return f.format === f.format && f.format !== Intl.DateTimeFormat().format; })()",
      true,
    ],
    [
      "[Intl.DateTimeFormat().format.length, Intl.DateTimeFormat.prototype.formatToParts.name].join()",
      "1,formatToParts",
    ],
    ["Object.keys(Intl.DateTimeFormat.prototype).length", 0],
    ["typeof Temporal", "undefined"],
  ])("formats what it is given as V8 does: %s", (expression, expected) => {
    const { run } = makeRealm(`${FORMATS} ${query("format", `return ${expression};`)}`);
    expect(valueOf(run("format", { now: 5_000 }).outcome)).toBe(expected);
  });

  test.each([
    "new Intl.DateTimeFormat().formatRange()",
    "new Intl.DateTimeFormat().formatRangeToParts(1)",
    "new Intl.RelativeTimeFormat('en').format()",
    "Intl.DateTimeFormat.prototype.format",
  ])("has no present to format in %s", (expression) => {
    const { run } = makeRealm(query("format", `return ${expression};`));
    expect(run("format").outcome).toMatchObject({ ok: false });
  });

  test("formats the present of the call, also by a formatter that the modules made", () => {
    const { run } = makeRealm(
      `${FORMATS} const kept = Intl.DateTimeFormat("en", FULL).format; ${query("format", "return kept();")}`,
    );
    expect(valueOf(run("format", { now: 5_000 }).outcome)).toBe("1/1/1970, 00:00:05");
    expect(valueOf(run("format", { now: 6_000 }).outcome)).toBe("1/1/1970, 00:00:06");
  });

  test("runs all that it started before it returns: nothing of it is left for the next", () => {
    const { run } = makeRealm(
      `${query("start", `void Promise.resolve().then(() => Convex.asyncSyscall("late", "{}")); return 1;`)}${query("rest", "return 2;")}`,
    );
    const asked: string[] = [];
    const asyncSyscall = (operation: string) => {
      asked.push(operation);
      return "null";
    };
    run("start", { asyncSyscall });
    expect(asked).toEqual(["late"]);
    run("rest", { asyncSyscall });
    expect(asked).toEqual(["late"]);
  });

  test("cannot be answered twice", () => {
    const { run } = makeRealm(
      `m.twice = { invokeQuery: () => ({ then: (yes, no) => { yes("1"); yes("2"); no("3"); } }) };`,
    );
    expect(run("twice").outcome).toEqual({ ok: true, value: "1" });
  });

  test("leaves nobody to ask when it is over", () => {
    const { realm, run } = makeRealm(query("keep", `m.ask = () => Convex.syscall("op", "{}");`));
    run("keep", { syscall: () => "answered" });
    expect(() => callMethod(property(realm.modules, "m"), "ask")).toThrow("used outside of a running function");
  });
});

describe("a call that fails", () => {
  test.each([
    ["throws", `throw new TypeError("no");`, { ok: false, message: "TypeError: no", stack: "mapped" }],
    ["throws text", `throw "words";`, { ok: false, message: "words" }],
    ["throws an object", `throw { code: 7 };`, { ok: false, message: `{"code":7}` }],
    ["throws nothing", `throw undefined;`, { ok: false, message: "undefined" }],
    ["throws an int64", `throw 7n;`, { ok: false, message: "7" }],
    ["throws what contains itself", `const a = []; a.push(a); throw a;`, { ok: false, message: "[object Array]" }],
    [
      "throws data",
      `throw Object.assign(new Error("x"), { ConvexErrorSymbol: 1, data: "[1]" });`,
      { ok: false, message: "x", stack: "mapped", data: "[1]" },
    ],
  ])("because it %s leaves the realm as good as before", (_how, body, outcome) => {
    const { run } = makeRealm(query("fail", body) + CAREFUL, { mapStack: () => "mapped" });
    expect(run("fail")).toEqual({ outcome, reusable: true });
    expect(valueOf(run("careful", { asyncSyscall: () => "fine" }).outcome)).toBe("fine");
  });

  test("because there is no such function says so", () => {
    const { outcome } = makeRealm("").run("gone");
    expect(outcome).toMatchObject({ ok: false, message: expect.stringMatching(/^TypeError: .*undefined/) });
  });

  test("because it waits for what will never come gives up its realm", () => {
    const { run } = makeRealm(query("hang", "await new Promise(() => {});"));
    const message = expect.stringMatching(/^Returned promise will never resolve\n {4}in query m:hang, after \d+ ms$/);
    const outcome = { ok: false, message };
    expect(run("hang")).toEqual({ outcome, reusable: false });
  });
});

describe("what the host refuses", () => {
  test.each([new DeveloperError("no such table"), new SyscallError("table is full")])(
    "by %s is an error of the realm that the function may catch",
    (error) => {
      const asyncSyscall = () => raise(error);
      const { outcome, reusable } = makeRealm(CAREFUL).run("careful", { asyncSyscall });
      expect([valueOf(outcome), reusable]).toEqual([[true, error.message], true]);
    },
  );

  test("by a fault is thrown at the end, though the function caught it, and nothing more is asked after it", () => {
    const faults = [new RangeError("first"), new RangeError("second")];
    const { run } = makeRealm(
      CAREFUL.replace("return await", `await Convex.asyncSyscall("op", "{}").catch(() => 0); return await`),
    );
    const asked: string[] = [];
    const asyncSyscall = (operation: string) => {
      asked.push(operation);
      return raise(faults[asked.length - 1] ?? new Error("asked too often"));
    };
    expect(() => run("careful", { asyncSyscall })).toThrow(faults[0]);
    expect(asked).toHaveLength(1);
    expect(valueOf(run("careful", { asyncSyscall: () => "fine" }).outcome)).toBe("fine");
  });
});

describe("a limit of time", () => {
  const LIMIT_MS = 25;
  const timedOut = {
    ok: false,
    message: expect.stringMatching(
      /^Function execution timed out \(maximum duration: 0\.025s\)\n {4}in query m:spin, after \d+ ms$/,
    ),
  };
  test("cuts off a call that spins, whose realm is lost", () => {
    const { run } = makeRealm(query("spin", "for (;;);"), { timeoutMs: LIMIT_MS });
    expect(run("spin")).toEqual({ outcome: timedOut, reusable: false });
  });

  test("does not count the time that the host takes", () => {
    // By a stopwatch of our own: a busy machine may take any time for anything.
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const timeoutMs = 10_000;
    const asyncSyscall = () => {
      vi.advanceTimersByTime(2 * timeoutMs);
      return "1";
    };
    // What came before is counted at the next thing that is asked.
    const { run } = makeRealm(
      query("patient", `const ask = () => Convex.asyncSyscall("op", "{}"); return [await ask(), await ask()];`),
      { timeoutMs },
    );
    expect(valueOf(run("patient", { asyncSyscall }).outcome)).toEqual(["1", "1"]);
  });
});

function raise(error: Error): never {
  throw error;
}
