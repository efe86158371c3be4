import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objects } from "../values/testing.ts";
import { wrapInt64 } from "../values/wrapped.ts";
import { hasPlaceholder, resolvePlaceholders } from "./commit-timestamp.ts";

const placeholder = { $commitTs: null };

describe("commit timestamps to come", () => {
  it("are found wherever they stand, and become the timestamp", () => {
    const document = { a: placeholder, b: [1, placeholder], c: { d: { e: placeholder } }, f: "text" };
    const now = wrapInt64(7n);
    expect(hasPlaceholder(JSON.stringify(document))).toBe(true);
    const resolved = resolvePlaceholders(document, 7n);
    expect(resolved).toEqual({ a: now, b: [1, now], c: { d: { e: now } }, f: "text" });
    expect(hasPlaceholder(JSON.stringify(resolved))).toBe(false);
  });

  it("are not found where there are none: the document stays as it is", () => {
    fc.assert(
      fc.property(objects, (document) => {
        expect(hasPlaceholder(JSON.stringify(document))).toBe(false);
        expect(resolvePlaceholders(document, 7n)).toEqual(document);
      }),
    );
  });
});
