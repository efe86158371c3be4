import { describe, expect, it } from "vitest";
import type { Component, FunctionMeta, Json } from "../types.ts";
import { sizeOf } from "../values/size.ts";
import { nested } from "../values/testing.ts";
import { checkArguments, checkReturn, requireFunction } from "./signature.ts";

const MIB = 1024 * 1024;
const NUMBER = { type: "number" };
const META: FunctionMeta = {
  kind: "mutation",
  visibility: "public",
  args: { type: "object", value: { n: { fieldType: NUMBER, optional: false } } },
  returns: NUMBER,
  node: false,
};

function target(path: string, component = "") {
  const never = () => expect.unreachable("nothing runs here");
  const functions = new Map<string, FunctionMeta>([
    ["inbox:send", META],
    ["inbox:hidden", { ...META, visibility: "internal" }],
    ["inbox:default", META],
  ]);
  const owner: Component = {
    path: component,
    children: new Map(),
    functions,
    schema: null,
    crons: [],
    environment: () => undefined,
    environmentNames: () => [],
    run: never,
    act: never,
  };
  return { component: owner, path };
}

const HINT = "Did you forget to run `npx convex dev` or `npx convex deploy`?";

describe("a function", () => {
  it("is found by anyone who may call it, of any kind when none is asked for", () => {
    expect(requireFunction(target("inbox:send"), { kind: "mutation", publicOnly: true })).toBe(META);
    expect(requireFunction(target("inbox:send"), { publicOnly: true })).toBe(META);
    expect(requireFunction(target("inbox:hidden"), { publicOnly: false }).visibility).toBe("internal");
  });

  it("that is internal answers the public in the words of a missing one", () => {
    const messageOf = (path: string, kind: "query" | "mutation") => {
      try {
        requireFunction(target(path), { kind, publicOnly: true });
        return "found";
      } catch (error) {
        return String(error).replace(path, "…");
      }
    };
    // The wrong kind must not tell them apart either.
    expect(messageOf("inbox:hidden", "query")).toBe(messageOf("inbox:none", "query"));
    expect(messageOf("inbox:hidden", "mutation")).toBe(messageOf("inbox:none", "mutation"));
  });

  it.each([
    ["inbox:none", "", true, `Could not find public function for 'inbox:none'. ${HINT}`],
    ["inbox:none", "", false, `Could not find function for 'inbox:none'. ${HINT}`],
    ["other:default", "", true, `Could not find public function for 'other'. ${HINT}`],
    ["inbox:none", "a/b", false, `Could not find function for 'inbox:none' in component 'a/b'. ${HINT}`],
    ["constructor", "", false, `Could not find function for 'constructor'. ${HINT}`],
  ])("%s in component %j is missing (public only: %s): %s", (path, component, publicOnly, message) => {
    expect(() => requireFunction(target(path, component), { publicOnly })).toThrow(message);
  });

  it("of another kind is named as it is stored", () => {
    expect(() => requireFunction(target("inbox:send"), { kind: "query", publicOnly: true })).toThrow(
      "Trying to execute inbox.js:send as Query, but it is defined as Mutation.",
    );
    expect(() => requireFunction(target("inbox:default"), { kind: "action", publicOnly: true })).toThrow(
      "Trying to execute inbox.js:default as Action, but it is defined as Mutation.",
    );
  });
});

describe("its contract", () => {
  const contract = (meta: Partial<FunctionMeta>, tableNameOf: (id: string) => string | null = () => null) => ({
    path: "inbox:send",
    meta: { ...META, ...meta },
    tableNameOf,
  });
  const check = (args: Json, meta: Partial<FunctionMeta> = {}) => checkArguments(contract(meta), args);
  const checkResult = (value: Json, returns: FunctionMeta["returns"] = NUMBER) =>
    checkReturn(contract({ returns }), JSON.stringify(value));
  const ANYTHING = { args: { type: "any" } };

  it("holds for arguments", () => {
    expect(() => check({ n: 1 })).not.toThrow();
    const wrong: Json[] = [{}, { n: "1" }, { n: 1, m: 2 }];
    for (const args of wrong) expect(() => check(args)).toThrow(/^ArgumentValidationError: /);
  });

  it("holds for what it returns", () => {
    expect(() => checkResult(1)).not.toThrow();
    expect(() => checkResult("1")).toThrow(/^ReturnsValidationError: /);
    expect(() => checkResult(null)).toThrow(/^ReturnsValidationError: /);
  });

  it("says nothing of the result where none is declared, or any", () => {
    expect(() => checkResult("1", null)).not.toThrow();
    expect(() => checkResult("1", { type: "any" })).not.toThrow();
  });

  it("asks to which table an id belongs", () => {
    const args = { type: "object", value: { id: { fieldType: { type: "id", tableName: "a" }, optional: false } } };
    const of = (tableNameOf: (id: string) => string | null) => contract({ args }, tableNameOf);
    expect(() =>
      checkArguments(
        of((id) => (id === "x" ? "a" : null)),
        { id: "x" },
      ),
    ).not.toThrow();
    expect(() =>
      checkArguments(
        of(() => "b"),
        { id: "x" },
      ),
    ).toThrow(/^ArgumentValidationError: /);
  });

  it("has arguments of 63 levels, because the list that holds them is the first of 64, and refuses more unread", () => {
    expect(() => check({ n: nested(62) }, ANYTHING)).not.toThrow();
    for (const levels of [64, 1_000_000]) {
      expect(() => check({ n: nested(levels - 1) }, ANYTHING)).toThrow(
        "Invalid arguments for inbox.js:send: Value is too nested (nested 65 levels deep > maximum nesting 64)",
      );
    }
  });

  it("has arguments of 16 MiB, counted as values and not as text", () => {
    const frame = sizeOf([{ n: "" }]);
    expect(() => check({ n: "é".repeat((16 * MIB - frame) / 2) }, ANYTHING)).not.toThrow();
    expect(() => check({ n: `a${"é".repeat((16 * MIB - frame) / 2)}` }, ANYTHING)).toThrow(
      "Arguments for inbox.js:send are too large (actual: 16 MiB, limit: 16 MiB)",
    );
  });

  it('has 5 MiB of them in a "use node" action', () => {
    const text = (size: number) => ({ n: "a".repeat(size - sizeOf([{ n: "" }])) });
    const node: Partial<FunctionMeta> = { ...ANYTHING, kind: "action", node: true };
    expect(() => check(text(5 * MIB), node)).not.toThrow();
    expect(() => check(text(5 * MIB + 1), node)).toThrow(
      "Node actions arguments size is too large. The maximum allowed size is 5 MiB.",
    );
    expect(() => check(text(5 * MIB + 1), ANYTHING)).not.toThrow();
  });

  it("checks the shape before the size, and the size before the validator", () => {
    const huge = { m: "a".repeat(17 * MIB) };
    expect(() => check({ ...huge, n: nested(70) })).toThrow("Value is too nested");
    expect(() => check(huge)).toThrow("Arguments for inbox.js:send are too large (actual: 17 MiB, limit: 16 MiB)");
  });

  it("has a result of 64 levels, also where none is declared", () => {
    const declared: FunctionMeta["returns"][] = [null, { type: "any" }, { type: "array", value: { type: "any" } }];
    for (const returns of declared) {
      expect(() => checkResult([nested(63)], returns)).not.toThrow();
      expect(() => checkResult([nested(64)], returns)).toThrow(
        "Function inbox.js:send return value invalid: Value is too nested (nested 65 levels deep > maximum nesting 64)",
      );
    }
  });

  it("has a result of arrays of 8192 elements", () => {
    expect(() => checkResult(Array(8_192).fill(1), null)).not.toThrow();
    expect(() => checkResult(Array(8_193).fill(1), null)).toThrow(
      "Function inbox.js:send return value invalid: Array length is too long (8193 > maximum length 8192)",
    );
  });

  it("has a result whose text is Unicode, however short it is", () => {
    expect(() => checkResult("\u{1f600}", null)).not.toThrow();
    expect(() => checkResult({ broken: "\ud83d" }, null)).toThrow(
      'Function inbox.js:send return value invalid: "\\ud83d" is not valid Unicode text',
    );
  });

  it("has no number in its arguments that would become null on its way", () => {
    expect(() => check(JSON.parse('{"n":1e999}'))).toThrow("Invalid arguments for inbox.js:send: number out of range");
  });

  it("has a result of 16 MiB", () => {
    expect(() => checkResult("a".repeat(16 * MIB - 2), null)).not.toThrow();
    expect(() => checkResult("a".repeat(17 * MIB), null)).toThrow(
      "Function inbox.js:send return value is too large (actual: 17 MiB, limit: 16 MiB)",
    );
    expect(() => checkResult("a".repeat(16 * MIB - 1), NUMBER)).toThrow("(actual: 16 MiB, limit: 16 MiB)");
  });
});
