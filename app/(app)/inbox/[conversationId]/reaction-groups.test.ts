import { expect, test } from "vitest";
import { groupReactions } from "./reaction-groups.ts";

test("equal reactions are one, with everybody who gave it, in the order in which they came", () => {
  expect(
    groupReactions([
      { emoji: "👍", by: "contact", name: "Marina" },
      { emoji: "❤️", by: "us", name: null },
      { emoji: "👍", by: "us", name: "Ana" },
      { emoji: "👍", by: "contact", name: null },
    ]),
  ).toEqual([
    { emoji: "👍", count: 3, ours: true, names: ["Marina"] },
    { emoji: "❤️", count: 1, ours: true, names: [] },
  ]);
});
