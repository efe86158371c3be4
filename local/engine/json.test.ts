import fc from "fast-check";
import { expect, test } from "vitest";
import { asObject } from "./json.ts";
import type { Json } from "./types.ts";

test("an object is itself", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      const value: Json = JSON.parse(JSON.stringify(fields));
      expect(asObject(value)).toBe(value);
    }),
  );
});

test.each([undefined, null, true, 0, "", "{}", [], [{}]])("%j is none", (value) => {
  expect(asObject(value)).toBeNull();
});
