import { describe, expect, it } from "vitest";
import { declaredIndexes, definitionText, definitionsOf, isSameIndex, parseDefinition } from "./definitions.ts";
import { tableSchema } from "./testing.ts";

const schema = tableSchema("users", {
  indexes: [{ indexDescriptor: "by_name", fields: ["name"] }],
  searchIndexes: [{ indexDescriptor: "search_bio", searchField: "bio", filterFields: ["orgId", "active", "orgId"] }],
  vectorIndexes: [{ indexDescriptor: "by_face", vectorField: "face", dimensions: 3, filterFields: [] }],
  stagedDbIndexes: [{ indexDescriptor: "by_age", fields: ["age"] }],
  stagedSearchIndexes: [{ indexDescriptor: "search_job", searchField: "job", filterFields: [] }],
  stagedVectorIndexes: [{ indexDescriptor: "by_voice", vectorField: "voice", dimensions: 2, filterFields: [] }],
});
const definitions = definitionsOf(schema);

describe("definitions of indexes", () => {
  it("end ordered indexes with the fields that make every key unique", () => {
    const staged = false;
    expect(definitions.get("by_name")).toEqual({ kind: "ordered", fields: ["name", "_creationTime", "_id"], staged });
  });

  it("have each filter field once, and do not depend on the order in which they are declared", () => {
    expect(definitions.get("search_bio")).toEqual({
      kind: "search",
      searchField: "bio",
      filterFields: ["active", "orgId"],
      staged: false,
    });
  });

  it("tell which are staged, of all kinds", () => {
    expect(declaredIndexes(schema).map(({ name, kind, staged }) => [name, kind, staged])).toEqual([
      ["by_name", "ordered", false],
      ["search_bio", "search", false],
      ["by_face", "vector", false],
      ["by_age", "ordered", true],
      ["search_job", "search", true],
      ["by_voice", "vector", true],
    ]);
  });

  it("are there for schemas of clients that knew nothing of what is staged", () => {
    const { stagedDbIndexes: _, stagedSearchIndexes: __, stagedVectorIndexes: ___, ...old } = schema;
    expect([...definitionsOf(old).keys()]).toEqual(["by_name", "search_bio", "by_face"]);
  });

  it("survive the file", () => {
    const read = [...definitions.values()].map((one) => parseDefinition(one.kind, definitionText(one)));
    expect(read).toEqual([...definitions.values()]);
  });

  it("of an unknown kind stop the engine", () => {
    expect(() => parseDefinition("spatial", "{}")).toThrow("unknown kind of index: spatial");
  });
});

describe("two definitions", () => {
  const ordered = (staged: boolean, ...fields: string[]) => ({ kind: "ordered" as const, fields, staged });

  it("are of the same index whether it is staged or not", () => {
    expect(isSameIndex(ordered(true, "a"), ordered(false, "a"))).toBe(true);
  });

  it("are of different ones when these hold anything else", () => {
    expect(isSameIndex(ordered(false, "a", "b"), ordered(false, "b", "a"))).toBe(false);
    const vector = { kind: "vector" as const, vectorField: "a", filterFields: [], staged: false };
    expect(isSameIndex({ ...vector, dimensions: 2 }, { ...vector, dimensions: 3 })).toBe(false);
    expect(isSameIndex({ ...vector, dimensions: 2 }, ordered(false, "a"))).toBe(false);
  });
});
