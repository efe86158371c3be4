import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DeveloperError } from "../errors.ts";
import type { JsonObject } from "../types.ts";
import { parseOperationArgs, requireField, requireNumber, requireString, tableOf, unsupported } from "./arguments.ts";

describe("arguments", () => {
  test("of an operation are the object that their text says", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (args) => {
        const text = JSON.stringify(args);
        expect(JSON.stringify(parseOperationArgs(text))).toBe(text);
      }),
    );
  });

  test.each(["null", "true", "7", `"text"`, "[]", "[{}]"])("that are %s are the developer's mistake", (text) => {
    const message = "Expected the arguments of an operation to be an object.";
    expect(() => parseOperationArgs(text)).toThrow(new DeveloperError(message));
  });

  test("that are no JSON at all never came through the client library: a fault", () => {
    expect(() => parseOperationArgs("{")).toThrow(SyntaxError);
  });
});

const ARGS: JsonObject = { text: "", number: 0, nothing: null, no: false, list: [] };

describe("a required field", () => {
  test.each([
    [requireString, "text", ""],
    [requireNumber, "number", 0],
    [requireField, "text", ""],
    [requireField, "number", 0],
    [requireField, "nothing", null],
    [requireField, "no", false],
    [requireField, "list", []],
  ])("by %o of %s is given as it is, empty or not", (read, field, expected) => {
    expect(read(ARGS, field)).toEqual(expected);
  });

  test.each([
    [requireString, "number", "Expected `number` to be a string."],
    [requireString, "nothing", "Expected `nothing` to be a string."],
    [requireString, "missing", "Expected `missing` to be a string."],
    [requireNumber, "text", "Expected `text` to be a number."],
    [requireNumber, "missing", "Expected `missing` to be a number."],
    [requireField, "missing", "Expected `missing`."],
  ])("by %o of %s is refused by name", (read, field, message) => {
    expect(() => read(ARGS, field)).toThrow(new DeveloperError(message));
  });
});

describe("a table of operations", () => {
  test("knows what was written into it and nothing that objects are born with", () => {
    const table = tableOf({ "1.0/a": 1, "1.0/b": 2 });
    expect([...table]).toEqual([
      ["1.0/a", 1],
      ["1.0/b", 2],
    ]);
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      expect([name, table.get(name)]).toEqual([name, undefined]);
    }
  });

  test("says of what it lacks that it is not supported, which a function may catch", () => {
    expect(unsupported("1.0/x")).toEqual(new DeveloperError("1.0/x is not supported by the local engine yet"));
    expect(unsupported("1.0/x")).toBeInstanceOf(DeveloperError);
  });
});
