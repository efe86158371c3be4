import { describe, expect, it } from "vitest";
import { UNDEFINED } from "./encoding.ts";
import { fieldAt } from "./fields.ts";

const document = { name: "Ada", address: { city: "London", geo: { lat: 51.5 } }, tags: ["a"], none: null };

describe("fieldAt", () => {
  it.each([
    ["name", "Ada"],
    ["address", document.address],
    ["address.city", "London"],
    ["address.geo.lat", 51.5],
    ["none", null],
    ["missing", UNDEFINED],
    ["address.missing", UNDEFINED],
    ["address.geo.lat.deeper", UNDEFINED],
    ["missing.deeper", UNDEFINED],
    ["none.deeper", UNDEFINED],
    ["name.length", UNDEFINED],
    ["tags.0", UNDEFINED],
    ["toString", UNDEFINED],
    ["address.constructor", UNDEFINED],
  ])("reads %s", (path, expected) => {
    expect(fieldAt(document, path)).toEqual(expected);
  });

  it("finds nothing in a value that is no object", () => {
    expect(fieldAt("text", "length")).toBe(UNDEFINED);
    expect(fieldAt(null, "a.b")).toBe(UNDEFINED);
  });
});
