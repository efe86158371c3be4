import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeId, encodeId } from "./ids.ts";

const tableNumbers = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const internals = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe("document ids", () => {
  it("are those of Convex: a known id of table 1017", () => {
    const internal = new Uint8Array(16).fill(251);
    for (let i = 1; i < 16; i++) internal[i] = ((internal[i - 1] ?? 0) * 251) & 255;
    expect(encodeId(1017, internal)).toBe("z43zp6c3e75gkmz1kfwj6mbbx5sw281h");
  });

  it("give their table back", () => {
    fc.assert(
      fc.property(tableNumbers, internals, (tableNumber, internal) => {
        const id = encodeId(tableNumber, internal);
        expect(id.length).toBeGreaterThanOrEqual(31);
        expect(id.length).toBeLessThanOrEqual(37);
        expect(decodeId(id)).toEqual({ tableNumber });
      }),
    );
  });

  it("have 32 characters in the tables of a project", () => {
    expect(encodeId(10_001)).toHaveLength(32);
    expect(encodeId(16_383)).toHaveLength(32);
  });

  it("are random unless their bytes are given", () => {
    expect(new Set(Array.from({ length: 100 }, () => encodeId(10_001))).size).toBe(100);
  });

  it("do not survive a changed character", () => {
    const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    fc.assert(
      fc.property(internals, fc.nat({ max: 31 }), fc.nat({ max: 30 }), (internal, at, turn) => {
        const id = encodeId(10_001, internal);
        const digit = alphabet[(alphabet.indexOf(id[at] ?? "") + 1 + turn) % 32];
        const changed = id.slice(0, at) + digit + id.slice(at + 1);
        fc.pre(changed !== id);
        // A checksum of 16 bits lets a few changes pass, but never as the same document.
        const decoded = decodeId(changed)?.tableNumber ?? 1;
        expect(encodeId(decoded, internal)).not.toBe(changed);
      }),
    );
  });

  it.each([
    "",
    "short",
    "x".repeat(31),
    "z".repeat(38),
    "u".repeat(32),
    "Z43ZP6C3E75GKMZ1KFWJ6MBBX5SW281H",
    "é".repeat(32),
  ])("are not %j", (text) => {
    expect(decodeId(text)).toBeNull();
  });

  it("are looked for in arbitrary text without a crash", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        expect(() => decodeId(text)).not.toThrow();
      }),
    );
  });

  it("refuse a table number or bytes that do not exist", () => {
    expect(() => encodeId(0)).toThrow(RangeError);
    expect(() => encodeId(1.5)).toThrow(RangeError);
    expect(() => encodeId(10_001, new Uint8Array(15))).toThrow(RangeError);
  });
});
