import { describe, expect, it } from "vitest";
import type { Json } from "../types.ts";
import { parseQuery } from "./query-json.ts";

const scan = { type: "FullTableScan", tableName: "users", order: "desc" };

describe("a query of the client library", () => {
  const queries: Json[] = [
    { source: scan, operators: [{ limit: 5 }, { filter: { $field: "a" } }] },
    { source: { ...scan, order: null }, operators: [] },
    {
      source: {
        type: "IndexRange",
        indexName: "users.by_name",
        range: [{ type: "Eq", fieldPath: "name", value: { $undefined: null } }],
        order: "asc",
      },
      operators: [],
    },
    {
      source: { type: "Search", indexName: "users.s", filters: [{ type: "Search", fieldPath: "name", value: "x" }] },
      operators: [],
    },
  ];

  it.each(queries)("is read as it is: %#", (query) => {
    expect(parseQuery(query)).toEqual(query);
  });

  const malformed: Json[] = [
    null,
    [],
    { source: scan },
    { operators: [] },
    { source: { type: "Everything" }, operators: [] },
    { source: { type: "Everything", indexName: "a.b" }, operators: [] },
    { source: { ...scan, tableName: 5 }, operators: [] },
    { source: { ...scan, order: "up" }, operators: [] },
    { source: { type: "IndexRange", indexName: "a.b", range: [{ type: "Like", fieldPath: "a" }] }, operators: [] },
    { source: { type: "Search", indexName: "a.b", filters: [{ type: "Gt", fieldPath: "a" }] }, operators: [] },
    { source: scan, operators: [{ limit: -1 }] },
    { source: scan, operators: [{ limit: 1.5 }] },
    { source: scan, operators: [{ filter: 1 }] },
  ];

  it.each(malformed)("is not %j", (query) => {
    expect(() => parseQuery(query)).toThrow("Invalid argument `query`");
  });
});
