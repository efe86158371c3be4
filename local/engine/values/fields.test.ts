import { describe, expect, it } from "vitest";
import { UNDEFINED } from "./encoding.ts";
import { agreeOn, fieldAt } from "./fields.ts";

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

describe("agreeOn", () => {
  it.each([
    [["name", "address.geo"], { name: "Ada", address: { geo: { lat: 51.5 } } }, true],
    [["missing", "address.missing"], {}, true],
    [[], {}, true],
    [["name", "none"], { name: "Ada" }, false],
    [["address"], { address: { city: "London" } }, false],
    [["tags"], { tags: ["a", "b"] }, false],
  ])("says of %j whether %j has the same", (paths, other, agrees) => {
    expect(agreeOn(paths, document, other)).toBe(agrees);
  });
});
