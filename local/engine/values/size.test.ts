import { getConvexSize, getDocumentSize, jsonToConvex } from "convex/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeId } from "./ids.ts";
import { sizeOf } from "./size.ts";
import { objects, values } from "./testing.ts";

describe("sizeOf", () => {
  it("equals the client library's for every value", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(sizeOf(value)).toBe(getConvexSize(jsonToConvex(value)));
      }),
      { numRuns: 5_000 },
    );
  });

  it("equals the client library's size of a stored document", () => {
    fc.assert(
      fc.property(objects, (fields) => {
        const stored = { ...fields, _id: encodeId(10_001), _creationTime: 1.5 };
        const value = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, jsonToConvex(field)]));
        expect(sizeOf(stored)).toBe(getDocumentSize(value));
      }),
    );
  });

  it("counts an unresolved commit timestamp as the integer that it becomes, and undefined as nothing", () => {
    expect(sizeOf({ $commitTs: null })).toBe(9);
    expect(sizeOf({ $undefined: null })).toBe(0);
  });
});
