import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nested, values, wide } from "./testing.ts";
import { checkValue, InvalidValueError } from "./value-rules.ts";

describe("a value", () => {
  it("is what the client library makes, and has as many levels as its arrays and objects", () => {
    fc.assert(
      fc.property(values, (value) => {
        const levels = checkValue(value);
        expect(checkValue([value])).toBe(levels + 1);
        expect(checkValue({ a: [value], b: value })).toBe(levels + 2);
      }),
    );
  });

  it("nests 64 levels, and is refused beyond them without being walked to its end", () => {
    expect(checkValue(nested(64))).toBe(64);
    for (const levels of [65, 66, 200_000]) {
      expect(() => checkValue(nested(levels))).toThrow(
        new InvalidValueError("Value is too nested (nested 65 levels deep > maximum nesting 64)"),
      );
    }
  });

  it("does not count an encoded scalar as a level", () => {
    expect(checkValue(nested(64, { $integer: "AQAAAAAAAAA=" }))).toBe(64);
  });

  it("has arrays of up to 8192 elements", () => {
    expect(checkValue(Array.from({ length: 8192 }, () => 0))).toBe(1);
    expect(() => checkValue(Array.from({ length: 8193 }, () => 0))).toThrow(
      "Array length is too long (8193 > maximum length 8192)",
    );
  });

  it("has objects of up to 1024 fields", () => {
    expect(checkValue(wide(1024))).toBe(1);
    expect(() => checkValue([wide(1025)])).toThrow("Object has too many fields (1025 > maximum number 1024)");
  });

  it("has names of up to 1024 characters", () => {
    expect(checkValue({ ["x".repeat(1024)]: 1 })).toBe(1);
    expect(() => checkValue({ ["x".repeat(1025)]: 1 })).toThrow("exceeds maximum field name length 1024.");
  });

  it.each([
    [{ nested: { $set: 1 } }, "Field name $set starts with a '$', which is reserved."],
    [{ "caf\u00e9": 1 }, "Field name caf\u00e9 has invalid character '\u00e9'"],
    [[{ $undefined: null }], "undefined is not a valid Convex value"],
    [[JSON.parse("1e999")], "number out of range"],
    [{ list: ["\ud800"] }, '"\\ud800" is not valid Unicode text'],
  ])("is not %j", (value, message) => {
    expect(() => checkValue(value)).toThrow(InvalidValueError);
    expect(() => checkValue(value)).toThrow(message);
  });
});
