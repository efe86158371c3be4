import { convexToJson, jsonToConvex } from "convex/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap, wrapFloat64, wrapInt64 } from "./wrapped.ts";

describe("wrapped values", () => {
  it("encode integers as the client library does", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(wrapInt64(value)).toEqual(convexToJson(value));
        expect(unwrap(wrapInt64(value))).toEqual({ type: "int64", value });
      }),
    );
  });

  it("wrap an integer beyond 64 bits around", () => {
    expect(wrapInt64(2n ** 63n)).toEqual(wrapInt64(-(2n ** 63n)));
  });

  it("encode floats as the client library does", () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(wrapFloat64(value)).toEqual(convexToJson(value));
        expect(jsonToConvex(wrapFloat64(value))).toBe(value);
      }),
    );
  });

  it.each([
    [{}, "object"],
    [{ a: 1 }, "object"],
    [{ $undefined: null }, "undefined"],
    [{ $commitTs: null }, "commitTs"],
    [{ $bytes: "AA==" }, "bytes"],
    [{ $float: "AAAAAAAA8H8=" }, "float64"],
    [{ $integer: "AA==" }, "object"],
    [{ $float: "AA==" }, "object"],
    [{ $integer: 5 }, "object"],
    [{ $bigint: "5" }, "object"],
  ])("tells what %j stands for", (json, type) => {
    expect(unwrap(json).type).toBe(type);
  });
});
