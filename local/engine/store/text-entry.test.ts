import { describe, expect, it } from "vitest";
import { UNDEFINED } from "../values/encoding.ts";
import { filterValue } from "./filter-values.ts";
import { textEntryOf } from "./text-entry.ts";

const index = { id: 1, name: "search", searchField: "body.text", filterFields: ["owner"] };

describe("a document in a text index", () => {
  it("is how often each term stands in it, how many there are, and what its filter fields hold", () => {
    expect(textEntryOf(index, { body: { text: "Red apple, red!" }, owner: "ann" })).toEqual({
      terms: new Map([
        ["red", 2],
        ["apple", 1],
      ]),
      length: 3,
      filters: new Map([["owner", filterValue("ann")]]),
    });
  });

  it.each([[{}], [{ body: "red" }], [{ body: { text: 5 } }], [{ body: { text: "" } }]])(
    "has no terms when there is no text: %j",
    (document) => {
      expect(textEntryOf(index, document)).toEqual({
        terms: new Map(),
        length: 0,
        filters: new Map([["owner", filterValue(UNDEFINED)]]),
      });
    },
  );

  it("takes any word for a term, those of JavaScript's objects too", () => {
    const { terms } = textEntryOf(index, { body: { text: "constructor 7 constructor" } });
    expect([...terms]).toEqual([
      ["constructor", 2],
      ["7", 1],
    ]);
  });
});
