import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestText, fingerprintMessage } from "./fingerprint.ts";

test.each([
  ["", "cbf29ce484222325"],
  ["a", "af63dc4c8601ec8c"],
  ["foobar", "85944171f73967e8"],
])("the digest of %j is FNV-1a's published value", (text, digest) => {
  expect(digestText(text)).toBe(digest);
});

test("law: digests are 16 hex digits and tell short texts apart", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (left, right) => {
      expect(digestText(left)).toMatch(/^[0-9a-f]{16}$/);
      expect(digestText(left) === digestText(right)).toBe(left === right);
    }),
  );
});

describe("a fingerprint", () => {
  const of = (text?: string, kind = "text") => fingerprintMessage({ kind, text });

  test.each([
    ["spaces at the ends", "Olá!", "  Olá!\n"],
    ["line ends", "um\ndois", "um\r\ndois"],
    ["composed and decomposed accents", "ação", "ação"],
  ])("is the same whatever %s", (_what, left, right) => {
    expect(of(left)).toBe(of(right));
  });

  test.each([
    ["other words", of("oi"), of("ola")],
    ["another kind", of("oi"), of("oi", "image")],
    ["spaces inside", of("a b"), of("a  b")],
    ["no words and some", of(undefined), of("x")],
  ])("differs for %s", (_what, left, right) => {
    expect(left).not.toBe(right);
  });
});
