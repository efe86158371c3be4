import { describe, expect, it } from "vitest";
import { bytesOf, numberOf, textOf } from "./columns.ts";

describe("columns", () => {
  it("are read as the type that the layout promises", () => {
    expect(textOf("a")).toBe("a");
    expect(numberOf(1)).toBe(1);
    expect(bytesOf(new Uint8Array([1, 2]).subarray(1))).toEqual(Buffer.from([2]));
  });

  it("of any other type stop the engine", () => {
    expect(() => textOf(1)).toThrow("number instead of text");
    expect(() => textOf(undefined)).toThrow("undefined instead of text");
    expect(() => numberOf(1n)).toThrow("bigint instead of a number");
    expect(() => bytesOf("a")).toThrow("string instead of bytes");
  });
});
