import { expect, test } from "vitest";
import { belongsTo, countLabel, filters } from "./filters.ts";
import { anaId, makeRow } from "./testing.ts";

const ana = { memberId: anaId, name: "Ana", imageUrl: null };

test.each([
  ["the agent's", { handler: "agent" }, ["ai", "all"]],
  ["one that waits", { handler: "none", status: "waiting" }, ["waiting", "all"]],
  ["one's own", { handler: "member", assignee: ana }, ["mine", "all"]],
  ["one's own that is done", { handler: "agent", assignee: ana, status: "done" }, ["all", "done"]],
] as const)("%s shows in the views that it belongs to, and in no other", (_what, fields, expected) => {
  expect(filters.filter((filter) => belongsTo(filter, makeRow(fields), anaId))).toEqual(expected);
});

test("a count says what the server counted, and that it stopped", () => {
  expect([undefined, 0, 1, 99, 100].map(countLabel)).toEqual([null, null, "1", "99", "99+"]);
});
