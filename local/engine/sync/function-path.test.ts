import { expect, test } from "vitest";
import { canonicalFunctionPath } from "./function-path.ts";

test.each([
  ["messages:list", "messages:list"],
  ["messages.js:list", "messages:list"],
  ["inbox/messages.js:list", "inbox/messages:list"],
  ["messages", "messages:default"],
  ["messages.js", "messages:default"],
  ["", ":default"],
])("%j names %j", (given, expected) => {
  expect(canonicalFunctionPath(given)).toBe(expected);
});
