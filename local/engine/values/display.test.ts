import { describe, expect, it } from "vitest";
import { displayBytes, displayValue, typeNameOf } from "./display.ts";
import { UNDEFINED } from "./encoding.ts";
import { wrapFloat64, wrapInt64 } from "./wrapped.ts";

describe("values in messages", () => {
  it.each([
    [null, "null", "null"],
    [true, "true", "boolean"],
    [36, "36.0", "float64"],
    [0.5, "0.5", "float64"],
    [1e21, "1e21", "float64"],
    [1e16, "1e16", "float64"],
    [0.0001, "0.0001", "float64"],
    [-0.000025, "-2.5e-5", "float64"],
    [wrapFloat64(-0), "-0.0", "float64"],
    [wrapFloat64(Number.NaN), "NaN", "float64"],
    [wrapFloat64(Number.POSITIVE_INFINITY), "inf", "float64"],
    [wrapFloat64(Number.NEGATIVE_INFINITY), "-inf", "float64"],
    [wrapInt64(36n), "36", "int64"],
    ['say "hi"', '"say \\"hi\\""', "string"],
    [{ $bytes: Buffer.from('a"\n').toString("base64") }, 'b"a\\x22\\x0a"', "bytes"],
    [["a", 1], '["a", 1.0]', "array"],
    [{ b: 1, a: { c: null } }, "{a: {c: null}, b: 1.0}", "object"],
    [{ $undefined: null }, "undefined", "undefined"],
    [{ $commitTs: null }, "<commit timestamp>", "int64"],
  ])("print %j as production does", (value, text, type) => {
    expect(displayValue(value)).toBe(text);
    expect(typeNameOf(value)).toBe(type);
  });

  it("know the field that is not there", () => {
    expect(displayValue(UNDEFINED)).toBe("undefined");
    expect(typeNameOf(UNDEFINED)).toBe("undefined");
  });
});

describe("sizes in messages", () => {
  it.each([
    [1_048_576, "1 MiB"],
    [1_100_000, "1.05 MiB"],
    [16 * 1_048_576, "16 MiB"],
    [16.5 * 1_048_576, "16.5 MiB"],
  ])("print %d as production does", (bytes, text) => {
    expect(displayBytes(bytes)).toBe(text);
  });
});
