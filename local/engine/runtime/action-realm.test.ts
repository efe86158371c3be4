import { webcrypto } from "node:crypto";
import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { SyscallError } from "../errors.ts";
import { evaluateActionModules, type Outside } from "./action-realm.ts";
import { callMethod, property } from "./foreign.ts";
import { evaluateAs, runAsRequest } from "./requests.ts";
import { actionHost } from "./test-hosts.ts";

/** The one module `m` of a realm whose text this is. */
function evaluate(code: string, outside?: Partial<Outside>): unknown {
  const modules = new Script(`(function (exports) { const m = exports.m = {}; ${code}\n})`, { filename: "m.js" });
  return property(evaluateActionModules(modules, outside), "m");
}

/** What an expression gives in a realm. */
const valueIn = (expression: string, outside?: Partial<Outside>): unknown =>
  property(evaluate(`m.value = ${expression};`, outside), "value");

describe("a realm for actions", () => {
  test.each(["Buffer", "require", "module", "global", "setImmediate", "SharedArrayBuffer"])("has no %s", (name) => {
    expect(valueIn(`typeof ${name}`)).toBe("undefined");
  });

  test("has all of crypto, the real one", () => {
    expect(valueIn("crypto")).toBe(webcrypto);
  });

  test("makes no code from strings", () => {
    expect(() => valueIn(`eval("1")`)).toThrow("Code generation from strings disallowed");
  });

  test("keeps what one does from the next", () => {
    evaluate("globalThis.left = 1; Array.prototype.odd = 1;");
    expect(valueIn("typeof left + typeof [].odd")).toBe("undefinedundefined");
  });

  test("shares the event loop: its promises and ours settle in the order in which they were made", async () => {
    const order: string[] = [];
    const m = evaluate("m.later = (note) => Promise.resolve().then(note);");
    await Promise.all([
      Promise.resolve().then(() => order.push("ours")),
      callMethod(m, "later", () => order.push("its")),
      Promise.resolve().then(() => order.push("ours again")),
    ]);
    expect(order).toEqual(["ours", "its", "ours again"]);
  });

  test("throws what evaluating its modules throws", () => {
    expect(() => evaluate(`throw new RangeError("half written");`)).toThrow(
      expect.objectContaining({ name: "RangeError", message: "half written" }),
    );
  });
});

describe("the outside", () => {
  test.each([
    "Date.now()",
    "new Date().getTime()",
    "Date.parse(Date())",
    "Date.parse(Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format() + ' UTC')",
  ])("tells the time to %s", (expression) => {
    expect(valueIn(expression, { now: () => 86_400_000 })).toBe(86_400_000);
  });

  test.each([
    ["new Date(7).getTime()", 7],
    ["new Date(2026, 0, 2).getDate()", 2],
    ["new Date().constructor === Date", true],
    ["new Date() instanceof Date", true],
    ["new (class Own extends Date {})() instanceof Date", true],
    ["new (class Own extends Date {})().getTime()", 0],
    ["[Date.name, Date.length, Date.now.name].join()", "Date,7,now"],
    ["Object.getPrototypeOf(Date) === Function.prototype", true],
  ])("leaves everything else of dates as it is: %s is %s", (expression, expected) => {
    expect(valueIn(expression, { now: () => 0 })).toBe(expected);
  });

  test("fetches, and what it refuses is an error of the realm", async () => {
    const m = evaluate(
      "m.get = async (url) => { try { return await (await fetch(url)).text(); } catch (error) { return [error instanceof Error, error.message]; } };",
      {
        fetch: async (url) => {
          if (url === "gone") throw new TypeError("fetch failed");
          return new Response(`page of ${JSON.stringify(url)}`);
        },
      },
    );
    expect(await callMethod(m, "get", "here")).toBe(`page of "here"`);
    expect(Array.from(Object(await callMethod(m, "get", "gone")))).toEqual([true, "fetch failed"]);
  });

  test("starts and stops timers, which are numbers as they are everywhere but in Node", () => {
    const told: unknown[] = [];
    const note =
      (what: string) =>
      (...args: unknown[]) => {
        told.push([what, ...args.filter((arg) => typeof arg !== "function")]);
        return { [Symbol.toPrimitive]: () => told.length };
      };
    const outside = {
      setTimeout: note("setTimeout"),
      setInterval: note("setInterval"),
      clearTimeout: note("clearTimeout"),
      clearInterval: note("clearInterval"),
    };
    const ids = valueIn("[setTimeout(() => {}, 10), setInterval(() => {}, 20)]", outside);
    expect(Array.from(Object(ids))).toEqual([1, 2]);
    evaluate("clearTimeout(1); clearInterval(2);", outside);
    expect(told).toEqual([
      ["setTimeout", 10],
      ["setInterval", 20],
      ["clearTimeout", 1],
      ["clearInterval", 2],
    ]);
  });

  test("has no timer left of an action that is over", async () => {
    const stopped: string[] = [];
    let timers = 0;
    const outside = {
      setTimeout: () => ++timers,
      setInterval: () => ++timers,
      clearTimeout: (timer: number) => stopped.push(`timeout ${timer}`),
      clearInterval: (timer: number) => stopped.push(`interval ${timer}`),
    };
    const m = evaluate("m.act = async () => { setTimeout(() => {}, 10); setInterval(() => {}, 10); };", outside);
    await runAsRequest(actionHost(), async () => callMethod(m, "act"));
    expect(stopped).toEqual(["timeout 1", "interval 2"]);
  });

  test("is the process's own where nothing else is said", async () => {
    const before = Date.now();
    const m = evaluate(`m.now = Date.now(); m.timer = setTimeout(() => {}, 60_000); clearTimeout(m.timer);
      m.get = async () => (await fetch("data:text/plain,hello")).text();`);
    expect(property(m, "now")).toBeGreaterThanOrEqual(before);
    expect(property(m, "timer")).toBeTypeOf("number");
    expect(await callMethod(m, "get")).toBe("hello");
  });
});

describe("syscalls", () => {
  const code = `m.ask = (door, operation) => Convex[door](operation, "{}");
    m.careful = () => m.ask("asyncSyscall", "op").catch((error) => [error instanceof Error, error.message, error.data?.code]);`;

  test("find the host of the request that they are made in", async () => {
    const m = evaluate(code);
    const answers = ["first", "second"].map((name) => {
      const host = actionHost({
        syscall: (operation) => `${name} ${operation}`,
        asyncSyscall: async (operation) => `${name} ${operation}`,
        jsSyscall: async (operation) => `${name} ${operation}`,
      });
      return runAsRequest(host, async () => {
        const doors = ["syscall", "asyncSyscall", "jsSyscall"];
        return Promise.all(doors.map((door) => callMethod(m, "ask", door, door)));
      });
    });
    expect(await Promise.all(answers)).toEqual([
      ["first syscall", "first asyncSyscall", "first jsSyscall"],
      ["second syscall", "second asyncSyscall", "second jsSyscall"],
    ]);
  });

  test("that are refused are errors of the realm, with their data", async () => {
    const m = evaluate(code);
    const host = actionHost({ asyncSyscall: () => Promise.reject(new SyscallError("not now", { code: "busy" })) });
    const caught = await runAsRequest(host, async () => callMethod(m, "careful"));
    expect(Array.from(Object(caught))).toEqual([true, "not now", "busy"]);
  });

  test("outside of a request are refused", async () => {
    const m = evaluate(code);
    expect(() => callMethod(m, "ask", "syscall", "op")).toThrow("used outside of a running action");
    await expect(callMethod(m, "ask", "asyncSyscall", "op")).rejects.toThrow("used outside of a running action");
  });

  test("modules see the environment and the log of who has them evaluated", () => {
    const host = actionHost();
    const seen = evaluateAs(host, () => valueIn(`(console.info("loading"), process.env.GREETING)`));
    expect([seen, host.logged]).toEqual(["good morning", ["INFO 'loading'"]]);
  });
});
