import { expect, test } from "vitest";
import { previewAuthorOf } from "./preview.ts";

test.each([
  ["contact", null, null, { kind: "contact" }],
  ["agent", null, null, { kind: "ai" }],
  ["automation", null, null, { kind: "automation" }],
  ["member", "ana", "Ana Ribeiro", { kind: "you" }],
  ["member", "bruno", "Bruno Tavares", { kind: "member", name: "Bruno" }],
  ["member", null, null, { kind: "team" }],
] as const)("the last word of a %s (%s) is shown as theirs", (author, memberId, memberName, shown) => {
  expect(previewAuthorOf({ author, memberId, memberName }, "ana")).toEqual(shown);
});
