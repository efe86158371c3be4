import { describe, expect, it } from "vitest";
import { insertAll, schemaOf, storeWith, tableIn, tableSchema } from "../store/testing.ts";
import type { Json } from "../types.ts";
import { UNDEFINED } from "../values/encoding.ts";
import { compileVectorSearch, searchVectors } from "./vector-search.ts";

const index = { id: 1, name: "by_vector", vectorField: "vector", dimensions: 2, filterFields: ["color", "size"] };
const eq = (field: string, literal: Json): Json => ({ $eq: [{ $field: field }, { $literal: literal }] });
const or = (...expressions: Json[]): Json => ({ $or: expressions });
const compile = (expressions: Json, { vector = [1, 0], limit = 10 }: { vector?: Json[]; limit?: number } = {}) =>
  compileVectorSearch(index, { indexName: "shapes.by_vector", vector, limit, expressions });

describe("a filter", () => {
  const [red, blue, small] = [eq("color", "red"), eq("color", "blue"), eq("size", 1)];
  const [isRed, isBlue, isSmall] = [
    { field: "color", value: "red" },
    { field: "color", value: "blue" },
    { field: "size", value: 1 },
  ];

  it.each([
    [null, []],
    [red, [isRed]],
    [or(red, blue), [isRed, isBlue]],
    [or(red, or(small, blue)), [isRed, isSmall, isBlue]],
    [or(), []],
    [eq("size", { $undefined: null }), [{ field: "size", value: UNDEFINED }]],
  ])("%j lets any of its values through", (expression, filters) => {
    expect(compile(expression).filters).toEqual(filters);
  });

  it("has at most 64 different conditions", () => {
    const sizes = (count: number) => or(...Array.from({ length: count }, (_, size) => eq("size", size)));
    expect(compile(sizes(64)).filters).toHaveLength(64);
    expect(() => compile(sizes(65))).toThrow(
      "Vector query against shapes.by_vector has too many conditions. Max: 64 Actual: 65",
    );
    expect(() => compile(or(...Array.from({ length: 65 }, () => red)))).not.toThrow();
  });

  const combination = "Filters should be a combination of `q.eq` and `q.or`.";
  const fieldFirst = "`q.eq` must take a field path as its first argument and a value as its second";
  it.each<[Json, string]>([
    [{ $literal: true }, combination],
    [{ $and: [red, blue] }, combination],
    [or(red, { $neq: [{ $field: "color" }, { $literal: "red" }] }), combination],
    [{}, combination],
    [{ $eq: [{ $literal: "red" }, { $field: "color" }] }, fieldFirst],
    [{ $eq: [{ $field: "color" }, { $field: "size" }] }, fieldFirst],
    [{ $eq: [{ $field: "color" }] }, fieldFirst],
    [{ $or: red }, "it is not a query of the client library"],
    [[], "it is not a query of the client library"],
    [
      eq("weight", 1),
      'Vector query against shapes.by_vector contains a filter on "weight" but that field isn\'t indexed for filtering in `filterFields`.',
    ],
  ])("%j is refused", (expression, message) => {
    expect(() => compile(expression)).toThrow(message);
  });
});

describe("a vector search", () => {
  it.each<[{ vector?: Json[]; limit?: number }, string]>([
    [{ vector: [1, 0, 0] }, "Expected a vector with dimensions 2, received 3."],
    [{ vector: [] }, "Expected a vector with dimensions 2, received 0."],
    [{ vector: [1, "0"] }, "it is not a query of the client library"],
    [{ limit: 257 }, "Vector queries can fetch at most 256 results, requested 257."],
  ])("of %j is refused", (asked, message) => {
    expect(() => compile(null, asked)).toThrow(message);
  });

  const byVector = { indexDescriptor: "by_vector", vectorField: "vector", dimensions: 2, filterFields: [] };
  const store = storeWith(tableSchema("shapes", { vectorIndexes: [byVector] }));
  const ids = insertAll(
    store,
    "shapes",
    Array.from({ length: 12 }, (_, i) => ({ vector: [12 - i, i] })),
  );
  const ask = (query: Json) => store.read((tx) => searchVectors({ tx, component: "" }, { query }));
  const named = { indexName: "shapes.by_vector", vector: [1, 0] };

  it("gives ids with scores, ten unless more or fewer are asked for", () => {
    const { results } = JSON.parse(ask({ ...named, limit: 1 }));
    expect(results).toEqual([{ _id: ids[0], _score: 1 }]);
    expect(JSON.parse(ask(named)).results).toHaveLength(10);
    expect(JSON.parse(ask({ ...named, limit: 256 })).results).toHaveLength(12);
    expect(JSON.parse(ask({ ...named, limit: 0 })).results).toEqual([]);
  });

  it.each<[Json, string]>([
    [{ ...named, indexName: "shapes.other" }, "Index shapes.other not found."],
    [{ ...named, indexName: "shapes.by_id" }, "Index shapes.by_id is not a vector index"],
    [{ ...named, indexName: "nowhere.by_vector" }, "Index nowhere.by_vector not found."],
    [{ ...named, indexName: "shapes" }, "Index shapes not found."],
    [{ ...named, indexName: 7 }, "it is not a query of the client library"],
    [{ ...named, limit: 1.5 }, "it is not a query of the client library"],
    [{ ...named, limit: -1 }, "it is not a query of the client library"],
    [{ ...named, vector: "1" }, "it is not a query of the client library"],
    [null, "it is not a query of the client library"],
  ])("asked as %j is refused", (query, message) => {
    expect(() => ask(query)).toThrow(message);
  });

  it("of an index that is staged is refused, although it is built", () => {
    const staging = storeWith(tableSchema("shapes", { stagedVectorIndexes: [byVector] }));
    insertAll(staging, "shapes", [{ vector: [1, 0] }]);
    expect(() => staging.read((tx) => searchVectors({ tx, component: "" }, { query: named }))).toThrow(
      "Index shapes.by_vector is currently staged and not available to query until it is enabled.",
    );
    staging.pushSchemas(new Map([["", schemaOf(tableSchema("shapes", { vectorIndexes: [byVector] }))]]));
    const found = staging.read((tx) => searchVectors({ tx, component: "" }, { query: named }));
    expect(JSON.parse(found).results).toHaveLength(1);
  });

  it("is a component's own", () => {
    const other = () => store.read((tx) => searchVectors({ tx, component: "other" }, { query: named }));
    expect(other).toThrow("Index shapes.by_vector not found.");
    store.read((tx) => expect(tableIn(tx, "shapes").vectorIndexes.size).toBe(1));
  });
});
