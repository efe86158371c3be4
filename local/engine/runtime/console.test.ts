import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { LogLevel } from "../types.ts";
import { log } from "./console.ts";

function logged(level: string, ...args: unknown[]): [LogLevel, string[]] {
  const calls: [LogLevel, string[]][] = [];
  log({ log: (...call) => void calls.push(call) }, level, args);
  const [only] = calls;
  if (!only || calls.length !== 1) throw new Error(`one call is one line, not ${calls.length}`);
  return only;
}

describe("a console call", () => {
  it.each(["DEBUG", "INFO", "LOG", "WARN", "ERROR"])("of level %s keeps it", (level) => {
    expect(logged(level, "x")).toEqual([level, ["'x'"]]);
  });

  it.each(["", "TRACE", "constructor"])("of level %j is an ordinary line", (level) => {
    expect(logged(level)).toEqual(["LOG", []]);
  });

  it.each([
    ["text in quotes", "it's", `"it's"`],
    ["a number", 1.5, "1.5"],
    ["minus zero", -0, "-0"],
    ["an int64", 2n, "2n"],
    ["nothing", undefined, "undefined"],
    ["null", null, "null"],
    ["an object", { a: [1, "b"] }, "{ a: [ 1, 'b' ] }"],
    ["a list of another realm", runInNewContext("[1, { a: 2 }]"), "[ 1, { a: 2 } ]"],
    ["a map", new Map([["k", 1]]), "Map(1) { 'k' => 1 }"],
  ])("writes %s as Convex does", (_what, value, text) => {
    expect(logged("LOG", value)[1]).toEqual([text]);
  });

  it("writes what contains itself, once", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(logged("LOG", circle)[1]).toEqual(["<ref *1> { self: [Circular *1] }"]);
  });

  it("writes an error with its stack", () => {
    expect(logged("ERROR", new TypeError("odd"))[1][0]).toMatch(/^TypeError: odd\n\s+at /);
  });
});
