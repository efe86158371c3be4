import { expect, test } from "vitest";
import { firstName, handlerOf } from "./handler.ts";
import { anaId, makeRow } from "./testing.ts";

const ana = { memberId: anaId, name: "Ana Ribeiro", imageUrl: null };

test.each([
  ["the agent", { handler: "agent" }, { kind: "ai" }],
  ["a person who has to come", { handler: "none", status: "waiting" }, { kind: "waiting" }],
  ["the one who looks", { handler: "member", assignee: ana }, { kind: "you" }],
  ["somebody of the team", { handler: "member", assignee: null }, { kind: "team" }],
  ["nobody", { handler: "none" }, { kind: "nobody" }],
  ["the agent, even of a conversation that somebody looks after", { handler: "agent", assignee: ana }, { kind: "ai" }],
  ["nobody, in a group", { handler: "none", isGroup: true }, { kind: "group" }],
  ["nobody any more, when it is done", { handler: "agent", status: "done" }, { kind: "done" }],
  ["nobody for now, when it is snoozed", { handler: "agent", status: "snoozed" }, { kind: "snoozed" }],
] as const)("a conversation is handled by %s", (_who, fields, handler) => {
  expect(handlerOf(makeRow(fields), anaId)).toEqual(handler);
});

test("a colleague is called by the first name", () => {
  const row = makeRow({ handler: "member", assignee: ana });
  expect(handlerOf(row, "somebody else")).toEqual({ kind: "member", name: "Ana" });
  expect(firstName("  Maria  Clara ")).toBe("Maria");
});
