import { expect, test } from "vitest";
import { makeRow } from "../testing.ts";
import { handoverOf } from "./handover.ts";

test.each([
  ["the agent's", { handler: "agent" }, "takeOver"],
  ["one that waits", { handler: "none", status: "waiting" }, "takeOver"],
  ["a person's", { handler: "member" }, "giveBack"],
  ["one that is done", { handler: "member", status: "done" }, null],
  ["a group", { handler: "none", isGroup: true }, null],
] as const)("for %s the button says %s", (_what, fields, expected) => {
  expect(handoverOf(makeRow(fields))).toBe(expected);
});
