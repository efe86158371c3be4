import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import type { Json } from "../types.ts";
import { checkDocument, parseDocument, sortFields } from "./documents.ts";
import { sizeOf } from "./size.ts";
import { objects } from "./testing.ts";

describe("a document that may be stored", () => {
  it("has its size told", () => {
    fc.assert(
      fc.property(objects, (document) => {
        expect(checkDocument(document)).toBe(sizeOf(document));
      }),
    );
  });

  it("nests up to 16 levels, itself the first", () => {
    expect(() => checkDocument({ deep: nested(15) })).not.toThrow();
    expect(() => checkDocument({ deep: nested(16) })).toThrow(
      new DeveloperError("Document is too nested (nested 17 levels deep > maximum nesting 16)"),
    );
  });

  it("does not count an encoded scalar as a level", () => {
    expect(() => checkDocument({ deep: nested(15, { $integer: "AQAAAAAAAAA=" }) })).not.toThrow();
  });

  it("has arrays of up to 8192 elements", () => {
    expect(() => checkDocument({ list: Array.from({ length: 8192 }, () => 0) })).not.toThrow();
    expect(() => checkDocument({ list: Array.from({ length: 8193 }, () => 0) })).toThrow(
      "Array length is too long (8193 > maximum length 8192)",
    );
  });

  it("has objects of up to 1024 fields", () => {
    expect(() => checkDocument({ wide: wide(1024) })).not.toThrow();
    expect(() => checkDocument({ wide: wide(1025) })).toThrow(
      "Object has too many fields (1025 > maximum number 1024)",
    );
  });

  it("is at most 1 MiB large", () => {
    expect(() => checkDocument({ big: "x".repeat(1_000_000) })).not.toThrow();
    expect(() => checkDocument({ big: "x".repeat(1_100_000) })).toThrow(
      "Value is too large (1.05 MiB > maximum size 1 MiB)",
    );
  });

  it.each([
    [{ _private: 1 }, "Field '_private' starts with an underscore, which is only allowed for system fields like '_id'"],
    [{ nested: { $set: 1 } }, "Field name $set starts with a '$', which is reserved."],
    [{ "caf\u00e9": 1 }, "Field name caf\u00e9 has invalid character '\u00e9'"],
    [{ ["x".repeat(1025)]: 1 }, "exceeds maximum field name length 1024."],
    [{ list: [{ $undefined: null }] }, "undefined is not a valid Convex value"],
  ])("is not %j", (document, message) => {
    expect(() => checkDocument(document)).toThrow(message);
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

function nested(levels: number, leaf: Json = 1): Json {
  let value = leaf;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

function wide(fields: number) {
  return Object.fromEntries(Array.from({ length: fields }, (_, i) => [`f${i}`, i]));
}
