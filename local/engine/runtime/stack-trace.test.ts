import { describe, expect, test } from "vitest";
import { describeFailure, readThrown, toFailure } from "./failure.ts";
import { StackTrace } from "./stack-trace.ts";

// Line 1 column 0 of the bundle is line 12 column 4 of the first source, line 2 is the library's.
const sourceMap = JSON.stringify({
  version: 3,
  sources: ["../convex/messages.ts", "../node_modules/convex/src/server.ts"],
  names: [],
  mappings: "AAWI;ACAA",
});
const stackTrace = new StackTrace({ filename: "convex:app", code: "", sourceMap });

describe("StackTrace", () => {
  test("maps the app's frames and leaves out the library's, the engine's and Node's", () => {
    const stack = [
      "Error: secret words",
      "    at handler (convex:app:1:1)",
      "    at convex:app:1:3",
      "    at async invoke (convex:app:2:1)",
      "    at runCall (engine:function.cjs:3:1)",
      "    at Script.runInContext (node:vm:149:12)",
    ];
    expect(stackTrace.map(stack.join("\n"))).toBe(
      "    at handler (../convex/messages.ts:12:5)\n    at ../convex/messages.ts:12:5",
    );
  });

  test("a stack without a frame of the app is empty", () => {
    expect(stackTrace.map("Error: x\n    at elsewhere (file.ts:1:1)")).toBe("");
  });
});

describe("describeFailure", () => {
  const described = (error: unknown): string =>
    describeFailure(toFailure(readThrown(error), () => "    at handler (../convex/a.ts:1:2)"));

  test.each([
    [new Error("no room"), "Uncaught Error: no room\n    at handler (../convex/a.ts:1:2)"],
    [new TypeError("no room"), "Uncaught TypeError: no room\n    at handler (../convex/a.ts:1:2)"],
    ["only text", "only text"],
    [{ code: 3 }, "{ code: 3 }"],
  ])("%s", (error, text) => expect(described(error)).toBe(text));

  test("a ConvexError keeps its data beside the words", () => {
    const error = Object.assign(new Error("nope"), {
      name: "ConvexError",
      data: `"nope"`,
      ConvexErrorSymbol: Symbol(),
    });
    expect(toFailure(readThrown(error), () => "")).toEqual({ ok: false, message: "nope", stack: "", data: `"nope"` });
    expect(described(error)).toMatch(/^Uncaught ConvexError: nope\n/);
  });

  test("without frames the first line stands alone", () => {
    expect(describeFailure({ ok: false, message: "m", stack: "" })).toBe("Uncaught Error: m");
  });
});
