import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { callMethod, property } from "./foreign.ts";

const foreign = (code: string): unknown => runInNewContext(`(${code})`);

describe("a property", () => {
  it.each([
    ["an object", foreign("{ a: 1 }"), 1],
    ["a function", foreign("Object.assign(() => 0, { a: 2 })"), 2],
    ["an instance, from its prototype", foreign("Object.create({ a: 3 })"), 3],
    ["a getter", foreign("{ get a() { return 4; } }"), 4],
    ["an object that lacks it", foreign("{}"), undefined],
  ])("is read of %s of another realm", (_what, target, expected) => {
    expect(property(target, "a")).toBe(expected);
  });

  it.each([null, undefined, 7, "text", true, 1n, Symbol("s")])("of %s is undefined, and no error", (target) => {
    expect(property(target, "length")).toBeUndefined();
  });

  it("may be named by a symbol or a number", () => {
    expect(property(["x"], 0)).toBe("x");
    expect(property(foreign("{ [Symbol.toStringTag]: 'tag' }"), Symbol.toStringTag)).toBe("tag");
  });

  it("throws what its getter throws", () => {
    expect(() => property(foreign("{ get a() { throw new Error('from inside'); } }"), "a")).toThrow("from inside");
  });
});

describe("a method", () => {
  it("is called on its owner with its arguments", () => {
    const target = foreign("{ base: 10, add(a, b) { return this.base + a + b; } }");
    expect(callMethod(target, "add", 1, 2)).toBe(13);
  });

  it.each([
    ["no object", null],
    ["an object without it", {}],
    ["an object where it is something else", { run: 7 }],
  ])("that is not there is a TypeError: %s", (_what, target) => {
    expect(() => callMethod(target, "run")).toThrow(new TypeError("run is not a function"));
  });

  it("throws what it throws", () => {
    expect(() => callMethod(foreign("{ run() { throw new RangeError('own') } }"), "run")).toThrow("own");
  });
});
