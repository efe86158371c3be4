import { setFlagsFromString } from "node:v8";
import { runInNewContext, Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { addGlobal, createRealm, evaluate } from "./realm.ts";
import { removedGlobals, sharedGlobals } from "./web-globals.ts";

const VARIABLES = new Map([["NAME", "value"]]);

function makeRealm(microtasks: "own" | "shared" = "shared") {
  const logged: [string, unknown[]][] = [];
  const engine = {
    environment: (name: string) => VARIABLES.get(name),
    environmentNames: () => ["NAME", "GONE"],
    log: (level: string, parts: unknown[]) => void logged.push([level, parts]),
  };
  const { context, kit } = createRealm(engine, microtasks);
  return { context, kit, logged, run: (code: string): unknown => new Script(code).runInContext(context) };
}

describe("a realm", () => {
  it("has its own Object, Array, Promise and Error", () => {
    const { run } = makeRealm();
    for (const name of ["Object", "Array", "Promise", "Error", "Function", "Map", "JSON"]) {
      expect([name, run(`typeof ${name} === "undefined"`)]).toEqual([name, false]);
      expect([name, run(name) === Reflect.get(globalThis, name)]).toEqual([name, false]);
    }
  });

  it("shares with the host what carries bytes and requests, so that instanceof holds on both sides", () => {
    const { run } = makeRealm();
    for (const [name, value] of Object.entries(sharedGlobals))
      expect([name, run(name) === value]).toEqual([name, true]);
    expect(run("new Uint8Array(2)")).toBeInstanceOf(Uint8Array);
    expect(run("new Response('x')")).toBeInstanceOf(Response);
  });

  it.each([
    "Buffer",
    "require",
    "module",
    "global",
    "setImmediate",
    "SharedArrayBuffer",
    "Atomics",
    "fetch",
    "setTimeout",
  ])("has no %s of its own accord", (name) => {
    expect(makeRealm().run(`typeof ${name}`)).toBe("undefined");
  });

  it("lost what V8 gives and Convex lacks; its console is Convex's", () => {
    const { run, logged } = makeRealm();
    for (const name of removedGlobals.filter((one) => one !== "console"))
      expect(run(`"${name}" in globalThis`)).toBe(false);
    run(
      "console.warn('a', 1); console.trace('b'); console.group('c'); console.assert(true, 'd'); console.assert(false, 'e');",
    );
    expect(logged).toEqual([
      ["WARN", ["a", 1]],
      ["LOG", ["b"]],
      ["ERROR", ["Assertion failed", "e"]],
    ]);
  });

  it("makes no code from strings", () => {
    const { run } = makeRealm();
    for (const code of ["eval('1')", "new Function('return 1')", "(() => {}).constructor('return process')()"]) {
      expect(() => run(code)).toThrow("Code generation from strings disallowed");
    }
  });

  it("lists none of its globals as enumerable", () => {
    expect(makeRealm().run("Object.keys(globalThis)")).toHaveLength(0);
  });

  it("cannot reach the host's side from what it was given", () => {
    const { run } = makeRealm();
    expect(run("typeof engine")).toBe("undefined");
    expect(run("Object.keys(process).join()")).toBe("env");
    expect(run("Object.isFrozen(process)")).toBe(true);
  });

  it("keeps what one does from the next", () => {
    makeRealm().run("globalThis.left = 1; Array.prototype.odd = 1;");
    expect(makeRealm().run("[typeof left, typeof [].odd].join()")).toBe("undefined,undefined");
  });

  it("with microtasks of its own runs them before it returns", () => {
    const { run } = makeRealm("own");
    run("globalThis.steps = []; Promise.resolve().then(() => steps.push(1)).then(() => steps.push(2));");
    expect(run("steps.join()")).toBe("1,2");
  });
});

describe("structuredClone", () => {
  const { run } = makeRealm();
  run(`globalThis.source = { list: [1, { deep: true }], map: new Map([[{ key: 1 }, new Date(7)]]), set: new Set([[2]]),
    error: new TypeError("odd", { cause: new RangeError("far") }), bytes: new Uint8Array([3]), pattern: /x/g };
    source.self = source; globalThis.copy = structuredClone(source);`);

  it.each([
    ["Object.getPrototypeOf(copy) === Object.prototype", true],
    ["copy !== source && copy.self === copy", true],
    ["Object.getPrototypeOf(copy.list) === Array.prototype && copy.list[1].constructor === Object", true],
    ["copy.map instanceof Map && [...copy.map.keys()][0] instanceof Object", true],
    ["[...copy.map.values()][0] instanceof Date && [...copy.map.values()][0].getTime()", 7],
    ["copy.set instanceof Set && Object.getPrototypeOf([...copy.set][0]) === Array.prototype", true],
    ["Object.getPrototypeOf(copy.error) === TypeError.prototype && copy.error.message", "odd"],
    ["Object.getPrototypeOf(copy.error.cause) === RangeError.prototype", true],
    ["copy.bytes instanceof Uint8Array && copy.bytes !== source.bytes && copy.bytes[0]", 3],
    ["copy.pattern instanceof RegExp && copy.pattern.flags", "g"],
    ["structuredClone(null) ?? structuredClone('text')", "text"],
    ["structuredClone(new ArrayBuffer(2)).byteLength", 2],
  ])("gives values of the realm: %s is %j", (code, expected) => {
    expect(run(code)).toBe(expected);
  });

  it("leads nowhere: what it gives makes no code from strings", () => {
    expect(() => run("copy.constructor.constructor('return process')()")).toThrow("Code generation from strings");
  });

  it("refuses what cannot be copied", () => {
    expect(() => run("structuredClone(() => {})")).toThrow("could not be cloned");
  });
});

describe("the garbage collector", () => {
  it.each([
    ["new WeakRef(Object).deref() === Object", true],
    ["(() => { try { new WeakRef(1); } catch (error) { return error instanceof TypeError; } })()", true],
    ["new FinalizationRegistry(() => {}).register({}, 1)", undefined],
    ["new FinalizationRegistry(() => {}).unregister({})", false],
    ["(() => { try { new FinalizationRegistry(); } catch (error) { return error instanceof TypeError; } })()", true],
    ["[WeakRef.name, FinalizationRegistry.name].join()", "WeakRef,FinalizationRegistry"],
  ])("does not show: %s is %s", (code, expected) => {
    expect(makeRealm().run(code)).toBe(expected);
  });

  it("takes nothing that a WeakRef refers to", async () => {
    setFlagsFromString("--expose-gc");
    const collect: unknown = runInNewContext("gc");
    // Or every realm after this would have it.
    setFlagsFromString("--no-expose-gc");
    const { run } = makeRealm();
    run("globalThis.kept = new WeakRef({})");
    // What a turn of the event loop made is not collected within it.
    await new Promise((resolve) => setImmediate(resolve));
    Reflect.apply(Object(collect), undefined, []);
    expect(run("typeof kept.deref()")).toBe("object");
  });
});

describe("process.env", () => {
  const { run } = makeRealm();
  it.each([
    ["process.env.NAME", "value"],
    ["process.env.OTHER", undefined],
    ["process.env.constructor", undefined],
    ["'NAME' in process.env", true],
    ["'OTHER' in process.env", false],
    ["Object.hasOwn(process.env, 'NAME')", true],
    ["Object.keys(process.env).join()", "NAME"],
    ["JSON.stringify({ ...process.env })", '{"NAME":"value"}'],
    ["Object.entries(process.env).join()", "NAME,value"],
    ["process.env[Symbol.iterator]", undefined],
    ["(() => { 'use strict'; try { process.env.NAME = 'x'; } catch (error) { return error.name; } })()", "TypeError"],
  ])("%s is %j", (code, expected) => {
    expect(run(code)).toBe(expected);
  });
});

describe("instanceof across realms", () => {
  const { context, run } = makeRealm();
  addGlobal(context, "host", { list: [1], error: new TypeError("x"), plain: new Error("y"), object: {} });

  it.each([
    ["host.list instanceof Array", true],
    ["host.object instanceof Array", false],
    ["host.error instanceof Error", true],
    ["host.error instanceof TypeError", true],
    ["host.plain instanceof TypeError", false],
    ["host.error instanceof RangeError", false],
    ["[] instanceof Array", true],
    ["new TypeError() instanceof Error", true],
    // A subclass stays strict.
    ["host.plain instanceof (class Own extends Error {})", false],
    ["new (class Own extends Error {})() instanceof Error", true],
    ["class A extends Error {} new A() instanceof A", true],
  ])("%s is %s", (code, expected) => {
    expect(run(code)).toBe(expected);
  });
});

describe("a realm's script", () => {
  it("must be one function, which gets the arguments", () => {
    const { context } = makeRealm();
    expect(evaluate(new Script("(function (a, b) { return a + b; })"), context, [1, 2])).toBe(3);
    expect(() => evaluate(new Script("7"), context, [])).toThrow("A realm's script must be one function");
  });
});
