import { describe, expect, it } from "vitest";
import { definitionText, definitionsOf, parseDefinition } from "./definitions.ts";
import { tableSchema } from "./testing.ts";

const definitions = definitionsOf(
  tableSchema("users", {
    indexes: [{ indexDescriptor: "by_name", fields: ["name"] }],
    searchIndexes: [{ indexDescriptor: "search_bio", searchField: "bio", filterFields: ["orgId", "active"] }],
    vectorIndexes: [{ indexDescriptor: "by_face", vectorField: "face", dimensions: 3, filterFields: [] }],
  }),
);

describe("definitions of indexes", () => {
  it("end ordered indexes with the fields that make every key unique", () => {
    expect(definitions.get("by_name")).toEqual({ kind: "ordered", fields: ["name", "_creationTime", "_id"] });
  });

  it("do not depend on the order in which filter fields are declared", () => {
    expect(definitions.get("search_bio")).toEqual({
      kind: "search",
      searchField: "bio",
      filterFields: ["active", "orgId"],
    });
  });

  it("survive the file", () => {
    const read = [...definitions.values()].map((one) => parseDefinition(one.kind, definitionText(one)));
    expect(read).toEqual([...definitions.values()]);
  });

  it("of an unknown kind stop the engine", () => {
    expect(() => parseDefinition("spatial", "{}")).toThrow("unknown kind of index: spatial");
  });
});
