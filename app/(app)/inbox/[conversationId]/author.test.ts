import { expect, test } from "vitest";
import { shownAuthorOf } from "./author.ts";

test.each([
  ["the contact of a conversation", { kind: "contact", name: "Marina", memberId: null }, false, null],
  [
    "a participant of a group",
    { kind: "contact", name: "Sérgio", memberId: null },
    true,
    { kind: "named", name: "Sérgio" },
  ],
  ["a nameless participant", { kind: "contact", name: null, memberId: null }, true, { kind: "unknown" }],
  ["the agent", { kind: "agent", name: null, memberId: null }, false, { kind: "ai" }],
  ["an automation", { kind: "automation", name: null, memberId: null }, false, { kind: "automation" }],
  ["oneself", { kind: "member", name: "Ana", memberId: "ana" }, false, { kind: "you" }],
  ["a colleague", { kind: "member", name: "Bruno Tavares", memberId: "b" }, false, { kind: "named", name: "Bruno" }],
  ["a colleague whose name has not come yet", { kind: "member", name: "", memberId: "b" }, false, { kind: "team" }],
  ["whoever held the phone", { kind: "member", name: null, memberId: null }, false, { kind: "team" }],
] as const)("%s is named as they are known", (_who, author, isGroup, shown) => {
  expect(shownAuthorOf({ author, viewerId: "ana", isGroup })).toEqual(shown);
});
