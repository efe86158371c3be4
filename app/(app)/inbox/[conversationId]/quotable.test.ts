import { expect, test } from "vitest";
import { isQuotable, quotedOf } from "./quotable.ts";
import { makeMessage } from "./testing.ts";

test.each([
  ["theirs", {}, true],
  ["ours that left", { direction: "outbound", status: "sent" }, true],
  ["ours that waits", { direction: "outbound", status: "queued" }, false],
  ["ours that failed", { direction: "outbound", status: "failed" }, false],
  ["one that may not have arrived", { direction: "outbound", status: "unknown" }, false],
  ["one that was deleted", { deletedAt: 1 }, false],
] as const)("%s can be quoted: %s", (_what, fields, expected) => {
  expect(isQuotable(makeMessage(fields))).toBe(expected);
});

test("a quote says whose words it holds", () => {
  expect(quotedOf(makeMessage({ text: "Oi" }))).toMatchObject({ text: "Oi", author: "contact" });
  expect(quotedOf(makeMessage({ direction: "outbound" })).author).toBe("us");
});
