import { expect, test } from "vitest";
import type { Json } from "../../types.ts";
import { parseImportRequest } from "./request.ts";

test("what the CLI asks for", () => {
  expect(parseImportRequest({ format: "zip", mode: "replaceAll" })).toEqual({
    component: "",
    mode: "replaceAll",
    format: "zip",
  });
  expect(parseImportRequest({ format: "csv", tableName: "t", componentPath: "a/b" })).toEqual({
    component: "a/b",
    mode: "requireEmpty",
    format: "csv",
    table: "t",
  });
});

test.each<[Json | undefined, RegExp]>([
  [undefined, /no format/],
  ["zip", /no format/],
  [{ format: "xml" }, /"xml" is no format/],
  [{ format: "zip", mode: "merge" }, /"merge" is no mode/],
  [{ format: "zip", tableName: "t" }, /ZIP import cannot have table name/],
  [{ format: "jsonLines" }, /requires table name/],
  [{ format: "jsonLines", tableName: "_storage" }, /invalid table name _storage/],
  [{ format: "jsonLines", tableName: "a b" }, /invalid table name/],
])("%j is refused", (request, message) => {
  expect(() => parseImportRequest(request)).toThrow(message);
});
