import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import { checkDocument, parseDocument, sortFields } from "./documents.ts";
import { sizeOf } from "./size.ts";
import { nested, objects } from "./testing.ts";
import { InvalidValueError } from "./value-rules.ts";

describe("a document that may be stored", () => {
  it("has its size told", () => {
    fc.assert(
      fc.property(objects, (document) => {
        expect(checkDocument(document).size).toBe(sizeOf(document));
      }),
    );
  });

  it("nests up to 16 levels, itself the first", () => {
    expect(checkDocument({ deep: nested(15) }).nesting).toBe(16);
    expect(() => checkDocument({ deep: nested(16) })).toThrow(
      new DeveloperError("Document is too nested (nested 17 levels deep > maximum nesting 16)"),
    );
  });

  it("is at most 1 MiB large", () => {
    const field = sizeOf({ big: "" });
    expect(checkDocument({ big: "x".repeat(1_048_576 - field) }).size).toBe(1_048_576);
    expect(() => checkDocument({ big: "x".repeat(1_048_577 - field) })).toThrow(
      new DeveloperError("Value is too large (1 MiB > maximum size 1 MiB)"),
    );
    expect(() => checkDocument({ big: "x".repeat(1_100_000) })).toThrow(
      "Value is too large (1.05 MiB > maximum size 1 MiB)",
    );
  });

  it("has no fields of its own that begin with an underscore", () => {
    expect(() => checkDocument({ _private: 1 })).toThrow(
      "Field '_private' starts with an underscore, which is only allowed for system fields like '_id'",
    );
  });

  it("is a value", () => {
    expect(() => checkDocument({ nested: { $set: 1 } })).toThrow(InvalidValueError);
    expect(() => checkDocument({ deep: nested(64) })).toThrow(InvalidValueError);
  });

  it("may have system fields, and underscores deeper down", () => {
    expect(() => checkDocument({ _id: "x", _creationTime: 1, nested: { _mine: true } })).not.toThrow();
  });
});

describe("sortFields", () => {
  it("puts fields in the order in which production keeps them", () => {
    expect(Object.keys(sortFields({ b: 1, _id: "x", a: 2, Z: 3, _creationTime: 4 }))).toEqual([
      "Z",
      "_creationTime",
      "_id",
      "a",
      "b",
    ]);
  });

  it("leaves a sorted document alone", () => {
    const document = { _id: "x", a: 1, b: 2 };
    expect(sortFields(document)).toBe(document);
  });
});

describe("parseDocument", () => {
  it("reads what JSON.stringify wrote", () => {
    fc.assert(
      fc.property(objects, (document) => {
        expect(parseDocument(JSON.stringify(document))).toEqual(document);
      }),
    );
  });
});
