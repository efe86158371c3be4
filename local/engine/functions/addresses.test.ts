import { expect, test } from "vitest";
import { parseFunctionPath } from "./addresses.ts";

test.each([
  ["messages:list", "messages:list"],
  ["messages.js:list", "messages:list"],
  ["inbox/messages.js:list", "inbox/messages:list"],
  ["messages", "messages:default"],
  ["messages.js", "messages:default"],
  ["", ":default"],
])("%j names %j", (given, expected) => {
  expect(parseFunctionPath(given)).toBe(expected);
});
