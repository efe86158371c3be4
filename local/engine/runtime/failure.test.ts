import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { describeFailure, HttpActionError, readThrown, toFailure } from "./failure.ts";

const keepStack = (stack: string) => stack.split("\n").slice(1, 2).join("\n");

describe("what was thrown", () => {
  it.each([
    ["an error of another realm", runInNewContext("new RangeError('far')"), { name: "RangeError", message: "far" }],
    ["text", "just text", { message: "just text" }],
    ["an object", { a: 1 }, { message: "{ a: 1 }" }],
    ["nothing", undefined, { message: "undefined" }],
    ["null", null, { message: "null" }],
    [
      "something like an error",
      { name: "Error", message: "false" },
      { message: "{ name: 'Error', message: 'false' }" },
    ],
  ])("may be %s", (_what, thrown, expected) => {
    expect(readThrown(thrown)).toMatchObject(expected);
  });

  it("has data only when it is a ConvexError", () => {
    const plain = Object.assign(new Error("x"), { data: '{"a":1}' });
    expect(readThrown(plain).data).toBeUndefined();
    expect(readThrown(Object.assign(plain, { ConvexErrorSymbol: true })).data).toBe('{"a":1}');
  });
});

describe("a failed execution", () => {
  it("names every kind of error but the two that production leaves out", () => {
    const messageOf = (name: string) => toFailure({ name, message: "m" }, keepStack).message;
    expect(["Error", "ConvexError", "TypeError", "Own"].map(messageOf)).toEqual(["m", "m", "TypeError: m", "Own: m"]);
    expect(toFailure({ message: "m" }, keepStack).message).toBe("m");
  });

  it("keeps the frames that the map gives, and data that is text", () => {
    expect(toFailure({ message: "m", stack: "Error: m\n    at a\n    at b", data: "1" }, keepStack)).toEqual({
      ok: false,
      message: "m",
      stack: "    at a",
      data: "1",
    });
    expect(toFailure({ message: "m", data: { not: "text" } }, keepStack)).toEqual({ ok: false, message: "m" });
  });

  it.each([
    [{ message: "boom", stack: "    at f (a.ts:1:1)" }, "Uncaught Error: boom\n    at f (a.ts:1:1)"],
    [{ message: "boom", stack: "" }, "Uncaught Error: boom"],
    [{ message: "TypeError: boom", stack: "" }, "Uncaught TypeError: boom"],
    [{ message: "{}", stack: "", data: "{}" }, "Uncaught ConvexError: {}"],
    [{ message: "Returned promise will never resolve" }, "Returned promise will never resolve"],
  ])("%j is described as %j", (failure, text) => {
    expect(describeFailure({ ok: false, ...failure })).toBe(text);
  });

  it("of an http action travels whole", () => {
    const failure = { ok: false, message: "m", data: "1" } as const;
    expect(new HttpActionError(failure)).toMatchObject({ message: "m", failure });
  });
});
