import { describe, expect, it } from "vitest";
import { MAX_RESULT_BYTES } from "../values/limits.ts";
import { sizeOf } from "../values/size.ts";
import { argumentWarnings, resultWarnings } from "./size-warnings.ts";

const FOUR_FIFTHS = Math.floor(MAX_RESULT_BYTES * 0.8);

describe("arguments near 16 MiB", () => {
  it("are warned of by their size, as a function's or an action's", () => {
    expect(argumentWarnings("function", FOUR_FIFTHS)).toEqual([]);
    expect(argumentWarnings("function", FOUR_FIFTHS + 1)).toEqual([
      "Large size of the function arguments (actual: 13421773 bytes, limit: 16777216 bytes).",
    ]);
    expect(argumentWarnings("action", MAX_RESULT_BYTES)).toEqual([
      "Large size of the action arguments (actual: 16777216 bytes, limit: 16777216 bytes).",
    ]);
  });
});

describe("a result near 16 MiB", () => {
  it("is warned of by the size of its value, not by that of its text", () => {
    const frame = sizeOf("");
    const text = (bytes: number) => JSON.stringify("x".repeat(bytes - frame));
    expect(resultWarnings("function", text(FOUR_FIFTHS))).toEqual([]);
    expect(resultWarnings("function", text(FOUR_FIFTHS + 1))).toEqual([
      "Large size of the function return value (actual: 13421773 bytes, limit: 16777216 bytes).",
    ]);
  });

  it("is seen behind text that is a quarter as long: of numbers", () => {
    const row = Array.from({ length: 8_000 }, () => 1);
    const rows = Array.from({ length: 200 }, () => row);
    const text = JSON.stringify(rows);
    expect(text.length).toBeLessThan(MAX_RESULT_BYTES / 5);
    expect(resultWarnings("action", text)).toEqual([
      `Large size of the action return value (actual: ${sizeOf(rows)} bytes, limit: 16777216 bytes).`,
    ]);
  });

  it("is no result of a call that failed, nor a small one", () => {
    expect(resultWarnings("function", null)).toEqual([]);
    expect(resultWarnings("function", "null")).toEqual([]);
  });
});
