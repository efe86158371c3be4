import { describe, expect, it } from "vitest";
import { insertAll, storeWith, tableSchema } from "../store/testing.ts";
import type { Json, JsonObject } from "../types.ts";
import type { SearchExpression } from "./query-json.ts";
import { compileSearch } from "./search-source.ts";
import { collect, pluck } from "./testing.ts";

const index = { id: 1, name: "search", searchField: "text", filterFields: ["owner"] };
const notes = tableSchema("notes", {
  searchIndexes: [{ indexDescriptor: "search", searchField: "text", filterFields: ["owner"] }],
});
const text = (value: Json, fieldPath = "text"): SearchExpression => ({ type: "Search", fieldPath, value });
const equal = (fieldPath: string, value: Json): SearchExpression => ({ type: "Eq", fieldPath, value });
const compile = (...filters: SearchExpression[]) => compileSearch("notes.search", index, filters);

describe("a search", () => {
  it("is read as words and filters", () => {
    expect(compile(text("Red Apples!"), equal("owner", "ann"))).toEqual({
      terms: ["red", "apples"],
      filters: [{ field: "owner", value: "ann" }],
    });
  });

  it("heeds 16 words", () => {
    expect(compile(text(Array.from({ length: 20 }, (_, i) => `w${i}`).join(" "))).terms).toHaveLength(16);
  });

  it.each([
    [[], 'does not contain any search filters. You must include a search filter like `q.search("text", searchText)`.'],
    [[text("a"), text("b")], 'contains multiple search filters against "text". Only one is allowed.'],
    [[text("a", "body")], 'against "body", which doesn\'t match the indexed `searchField` "text".'],
    [[text(5)], "needs a text to search"],
    [[text("a"), equal("done", true)], 'contains an equality filter on "done" but that field isn\'t indexed'],
    [
      [text("a"), ...Array.from({ length: 9 }, () => equal("owner", 1))],
      "has too many filter conditions. Max: 8 Actual: 9",
    ],
  ])("is refused: %#", (filters, message) => {
    expect(() => compile(...filters)).toThrow(`Search query against notes.search`);
    expect(() => compile(...filters)).toThrow(message);
  });
});

describe("the documents of a search", () => {
  it("come best first, through operators too", () => {
    const store = storeWith(notes);
    insertAll(store, "notes", [
      { n: 1, text: "an apple a day", owner: "ann" },
      { n: 2, text: "apple apple", owner: "ann" },
      { n: 3, text: "apple", owner: "bob" },
      { n: 4, text: "pear", owner: "ann" },
    ]);
    const run = (filters: SearchExpression[], limit: number) => {
      const source = { type: "Search" as const, indexName: "notes.search", filters };
      return pluck(collect(store, { source, operators: [{ limit }] }), "n");
    };
    expect(run([text("apple")], 9)).toEqual([2, 3, 1]);
    expect(run([text("apple"), equal("owner", "ann")], 9)).toEqual([2, 1]);
    expect(run([text("apple")], 1)).toEqual([2]);
    expect(run([text("!?")], 9)).toEqual([]);
    expect(() =>
      collect(store, { source: { type: "Search", indexName: "notes.none", filters: [] }, operators: [] }),
    ).toThrow("Index notes.none not found.");
  });

  it("end with a refusal for who takes as many as production considers and asks for more", () => {
    const store = storeWith(notes);
    const all = {
      source: { type: "Search" as const, indexName: "notes.search", filters: [text("apple")] },
      operators: [],
    };
    const documents = Array.from({ length: 1_023 }, (_, n) => ({ n, text: "apple" }));
    insertAll(store, "notes", documents);
    expect(collect(store, all)).toHaveLength(1_023);
    insertAll(store, "notes", [{ text: "apple" }]);
    expect(() => collect(store, all)).toThrow(
      "Search query scanned too many documents (fetched 1024). Consider using a smaller limit, paginating the query, or using a filter field to limit the number of documents pulled from the search index.",
    );
    expect(collect(store, { ...all, operators: [{ limit: 1_024 }] })).toHaveLength(1_024);
  });

  it("pass filters after the search, which see every document that it finds", () => {
    const store = storeWith(notes);
    insertAll(
      store,
      "notes",
      [1, 2, 3, 4].map((n) => ({ n, text: "apple" })),
    );
    const source = { type: "Search" as const, indexName: "notes.search", filters: [text("apple")] };
    const filter: JsonObject = { $lte: [{ $field: "n" }, { $literal: 2 }] };
    expect(pluck(collect(store, { source, operators: [{ filter }] }), "n")).toEqual([2, 1]);
    expect(pluck(collect(store, { source, operators: [{ limit: 3 }, { filter }] }), "n")).toEqual([2]);
  });
});
