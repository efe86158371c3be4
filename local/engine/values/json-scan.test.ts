import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../types.ts";
import { mayBreakValueRules } from "./json-scan.ts";
import { sizeOf } from "./size.ts";
import { nested, values, wide } from "./testing.ts";
import { checkValue, InvalidValueError } from "./value-rules.ts";

describe("a look at the text of a value", () => {
  const large: fc.Arbitrary<Json> = fc.oneof(
    fc.integer({ min: 60, max: 70 }).map((levels) => nested(levels)),
    fc.tuple(fc.integer({ min: 8_189, max: 8_195 }), values).map(([length, value]) => Array(length).fill(value)),
    fc.integer({ min: 1_021, max: 1_027 }).map(wide),
  );
  const texts = fc.array(fc.oneof(fc.string(), fc.constantFrom('"', "\\", '\\"', "[{", ",".repeat(9_000))));
  const broken = fc
    .tuple(fc.string(), fc.constantFrom("\ud800", "\udfff", "\udc00\ud800"))
    .map((parts) => parts.join(""));
  const anything: fc.Arbitrary<Json> = fc.oneof(values, large, texts, broken, fc.tuple(values, large, texts));

  it("lets nothing pass that breaks a rule", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(mayBreakValueRules(JSON.stringify(value)) || !isRefused(value)).toBe(true);
      }),
    );
  });

  it("has nothing against what keeps the rules and is not large", () => {
    fc.assert(
      fc.property(fc.oneof(values, texts), (value) => {
        expect(mayBreakValueRules(JSON.stringify([value, value]))).toBe(false);
      }),
    );
    expect(mayBreakValueRules(JSON.stringify(nested(64)))).toBe(false);
    expect(mayBreakValueRules(JSON.stringify(Array(8_192).fill("a,[{")))).toBe(false);
    expect(mayBreakValueRules(JSON.stringify(wide(1_024)))).toBe(false);
  });

  it("knows no value that is larger than five bytes for each character of its text", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(sizeOf([value, value])).toBeLessThanOrEqual(5 * JSON.stringify([value, value]).length);
      }),
    );
    expect(mayBreakValueRules(JSON.stringify("x".repeat(4_000_000)))).toBe(true);
  });
});

function isRefused(value: Json): boolean {
  try {
    checkValue(value);
    return false;
  } catch (error) {
    if (error instanceof InvalidValueError) return true;
    throw error;
  }
}
