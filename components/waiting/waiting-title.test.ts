import { expect, test } from "vitest";
import { newcomersOf, titleWith } from "./waiting-title.ts";

test.each([
  ["Conversas · Qify", "3", "(3) Conversas · Qify"],
  ["(3) Conversas · Qify", "4", "(4) Conversas · Qify"],
  ["(99+) Conversas · Qify", null, "Conversas · Qify"],
  ["Conversas · Qify", null, "Conversas · Qify"],
  ["", "3", ""], // between two pages
  ["(Rascunho) Qify", "1", "(1) (Rascunho) Qify"],
])("%s with %s waiting is %s", (title, label, expected) => {
  expect(titleWith(title, label)).toBe(expected);
  expect(titleWith(expected, label)).toBe(expected);
});

test("who waits when the page opens is no news, who comes later is", () => {
  const rows = [{ _id: "a" }, { _id: "b" }];
  expect(newcomersOf(null, rows)).toEqual([]);
  expect(newcomersOf(new Set(["a"]), rows)).toEqual([{ _id: "b" }]);
  expect(newcomersOf(new Set(["a", "b"]), rows)).toEqual([]);
});
