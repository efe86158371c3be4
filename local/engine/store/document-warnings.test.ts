import { describe, expect, it } from "vitest";
import type { Extent } from "../values/documents.ts";
import { documentWarnings, isLarge } from "./document-warnings.ts";

const MIB = 2 ** 20;
/** The greatest that nobody is warned of: four fifths. */
const UNWARNED: Extent = { size: 838_860, nesting: 12 };

describe("a document near what documents may be", () => {
  it("is beyond four fifths of a megabyte, or of sixteen levels", () => {
    expect(isLarge(UNWARNED)).toBe(false);
    expect(isLarge({ ...UNWARNED, size: 838_861 })).toBe(true);
    expect(isLarge({ ...UNWARNED, nesting: 13 })).toBe(true);
    expect(isLarge({ size: MIB + 1, nesting: 1 })).toBe(false);
  });

  it("is named when it is the largest, or the deepest, and no other", () => {
    const documents = new Map<string, Extent>([
      ["small", UNWARNED],
      ["large", { size: 900_000, nesting: 13 }],
      ["larger", { size: MIB, nesting: 1 }],
      ["deep", { size: 5, nesting: 16 }],
    ]);
    expect(documentWarnings(documents)).toEqual([
      'Large document written with ID "larger" (actual: 1048576 bytes, limit: 1048576 bytes).',
      'Deeply nested document written with ID "deep" (actual: 16 levels, limit: 16 levels).',
    ]);
  });

  it("is warned of for what it is near, not for the other", () => {
    expect(documentWarnings(new Map([["a", { size: 5, nesting: 13 }]]))).toEqual([
      'Deeply nested document written with ID "a" (actual: 13 levels, limit: 16 levels).',
    ]);
    expect(documentWarnings(new Map([["a", UNWARNED]]))).toEqual([]);
    expect(documentWarnings(new Map())).toEqual([]);
  });
});
