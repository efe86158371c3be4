import { expect, test } from "vitest";
import { troubleOf } from "./connection-trouble.ts";

test.each([
  ["connected", null, null],
  ["connecting", null, { cause: "connecting", tone: "warn" }],
  ["pairing", null, { cause: "connecting", tone: "warn" }],
  ["disconnected", null, { cause: "disconnected", tone: "danger" }],
  ["disconnected", "logged_out", { cause: "logged_out", tone: "danger" }],
  ["action_needed", "banned", { cause: "banned", tone: "danger" }],
  ["removed", null, { cause: "removed", tone: "danger" }],
  ["draft", null, { cause: "action_needed", tone: "danger" }],
  ["action_needed", "other", { cause: "action_needed", tone: "danger" }],
] as const)("a connection that is %s (%s) shows as %j", (state, reason, trouble) => {
  expect(troubleOf({ state, reason })).toEqual(trouble);
});
