import { describe, expect, test } from "vitest";
import { insertAll, storeWith, tableSchema } from "../../store/testing.ts";
import type { JsonObject } from "../../types.ts";
import type { ImportMode } from "./request.ts";
import { listChanges, renderChanges } from "./summary.ts";

const tableOf = (name: string, rows: JsonObject[], component = "") => ({ component, name, rows: () => rows });

function changes(mode: ImportMode, ...tables: ReturnType<typeof tableOf>[]) {
  const store = storeWith(tableSchema("a"), tableSchema("b"));
  insertAll(store, "a", [{}, {}]);
  insertAll(store, "b", [{}]);
  const listed = [{ component: "", name: "a", number: 7 }];
  return listChanges(store, { numbers: listed, tables, files: [] }, mode);
}

describe("what an import would change", () => {
  test.each<[ImportMode, unknown[]]>([
    ["append", [["a", 1, 0, 2]]],
    ["replace", [["a", 1, 2, 2]]],
    [
      "replaceAll",
      [
        ["a", 1, 2, 2],
        ["b", 0, 1, 1],
      ],
    ],
  ])("with %s", (mode, expected) => {
    const told = changes(mode, tableOf("a", [{}]));
    expect(told.map(({ name, added, deleted, existing }) => [name, added, deleted, existing])).toEqual(expected);
  });

  test("is nothing where a table would have to be empty", () => {
    expect(() => changes("requireEmpty", tableOf("a", [{}]))).toThrow(/Table a already exists/);
  });
});

test("is told as a table for each component", () => {
  const many = Array.from({ length: 1_234 }, () => ({}));
  const told = changes("replace", tableOf("a", many), tableOf("_storage", [{}]), tableOf("t", [], "part"));
  expect(renderChanges(told)).toBe(
    [
      "Import change summary:",
      "table    | create | delete           |",
      "--------------------------------------",
      "_storage | 1      | 0 of 0 files     |",
      "a        | 1,234  | 2 of 2 documents |",
      "Component part",
      "table | create | delete           |",
      "-----------------------------------",
      "t     | 0      | 0 of 0 documents |",
    ].join("\n"),
  );
});
