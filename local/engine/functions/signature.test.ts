import { describe, expect, it } from "vitest";
import type { Component, FunctionMeta, Json } from "../types.ts";
import { checkArguments, checkReturn, requireFunction } from "./signature.ts";

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
  const check = (args: Json) => checkArguments(META, args, () => null);
  const checkValue = (value: Json, returns: FunctionMeta["returns"] = NUMBER) =>
    checkReturn({ ...META, returns }, JSON.stringify(value), () => null);

  it("holds for arguments", () => {
    expect(() => check({ n: 1 })).not.toThrow();
    const wrong: Json[] = [{}, { n: "1" }, { n: 1, m: 2 }];
    for (const args of wrong) expect(() => check(args)).toThrow(/^ArgumentValidationError: /);
  });

  it("stops where a stack would: 64 levels pass, more are refused unread", () => {
    const nest = (levels: number): Json => {
      let value: Json = 1;
      for (let level = 0; level < levels; level++) value = [value];
      return value;
    };
    const meta = { ...META, args: { type: "any" } };
    const checkDepth = (levels: number) => checkArguments(meta, { n: nest(levels - 1) }, () => null);
    expect(() => checkDepth(64)).not.toThrow();
    for (const levels of [65, 1_000_000])
      expect(() => checkDepth(levels)).toThrow("Value is too nested (maximum nesting 64)");
  });

  it("holds for what it returns", () => {
    expect(() => checkValue(1)).not.toThrow();
    expect(() => checkValue("1")).toThrow(/^ReturnsValidationError: /);
    expect(() => checkValue(null)).toThrow(/^ReturnsValidationError: /);
  });

  it("says nothing of the result where none is declared, or any", () => {
    expect(() => checkValue("1", null)).not.toThrow();
    expect(() => checkValue("1", { type: "any" })).not.toThrow();
  });

  it("asks to which table an id belongs", () => {
    const meta = {
      ...META,
      args: { type: "object", value: { id: { fieldType: { type: "id", tableName: "a" }, optional: false } } },
    };
    expect(() => checkArguments(meta, { id: "x" }, (id) => (id === "x" ? "a" : null))).not.toThrow();
    expect(() => checkArguments(meta, { id: "x" }, () => "b")).toThrow(/^ArgumentValidationError: /);
  });
});
