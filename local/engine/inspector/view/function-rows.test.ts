import { expect, test } from "vitest";
import type { FunctionAnswer, Stat } from "./answers.ts";
import { listFunctionRows } from "./function-rows.ts";

const FUNCTION: FunctionAnswer = {
  component: "",
  path: "notes:list",
  kind: "query",
  visibility: "public",
  node: false,
  args: "v.object({})",
};
const STAT: Stat = {
  component: "",
  path: "notes:list",
  kind: "query",
  calls: 1,
  errors: 0,
  p50Ms: 1,
  p95Ms: 2,
  lastAt: 3,
};

test("what is called most comes first, and what nobody called by its name", () => {
  const functions = ["b:b", "a:a", "c:c"].map((path) => ({ ...FUNCTION, path }));
  const rows = listFunctionRows(functions, [{ ...STAT, path: "c:c", calls: 9 }]);
  expect(rows.map(({ path, stat }) => [path, stat?.calls ?? null])).toEqual([
    ["c:c", 9],
    ["a:a", null],
    ["b:b", null],
  ]);
});

test("a function of a component is not the app's of the same name", () => {
  const rows = listFunctionRows([FUNCTION, { ...FUNCTION, component: "part" }], [{ ...STAT, component: "part" }]);
  expect(rows.map(({ component, stat }) => [component, stat !== null])).toEqual([
    ["part", true],
    ["", false],
  ]);
});

test("a route is there once it was asked for", () => {
  const [route] = listFunctionRows([], [{ ...STAT, path: "GET /hook", kind: "httpAction" }]);
  expect(route).toMatchObject({ path: "GET /hook", kind: "httpAction", args: "" });
});
