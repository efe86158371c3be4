import { expect, test } from "vitest";
import { z } from "zod";
import type { Conversation } from "../rows.ts";
import { charactersLeft, composerStateOf, isSendable, maxLength } from "./composer-state.ts";

const connectionId = z.custom<Conversation["connection"]["_id"]>().parse("connection");
const connection: Conversation["connection"] = {
  _id: connectionId,
  name: "Comercial",
  connector: "evolution",
  state: "connected",
  reason: null,
};
const broken = { ...connection, state: "disconnected", reason: "logged_out" } as const;
const pairing = { ...connection, state: "connecting" } as const;
const open = { isGroup: false, handler: "member", status: "open", connection } as const;

test.each([
  ["one's own", open, { kind: "open", hint: null }],
  ["the agent's", { ...open, handler: "agent" }, { kind: "open", hint: "pausesAgent" }],
  ["one that waits", { ...open, handler: "none", status: "waiting" }, { kind: "open", hint: null }],
  ["one that is done", { ...open, handler: "agent", status: "done" }, { kind: "open", hint: "staysDone" }],
  ["a group", { ...open, isGroup: true, handler: "none" }, { kind: "closed" }],
  ["one whose phone logged out", { ...open, connection: broken }, { kind: "blocked" }],
  ["one that is connecting", { ...open, connection: pairing }, { kind: "open", hint: null }],
] as const)("in %s: %j", (_what, conversation, state) => {
  expect(composerStateOf(conversation, true)).toEqual(state);
});

test("who may not reply has nothing to write in", () => {
  expect(composerStateOf(open, false)).toEqual({ kind: "closed" });
});

test("the counter shows near the end, and says how much is too much", () => {
  expect([3795, 3796, 4096, 4100].map((length) => charactersLeft("a".repeat(length)))).toEqual([null, 300, 0, -4]);
});

test("only words leave, and no more than fit", () => {
  const texts = ["", " \n ", "Oi", "a".repeat(maxLength), ` ${"a".repeat(maxLength)} `, "a".repeat(maxLength + 1)];
  expect(texts.map(isSendable)).toEqual([false, false, true, true, true, false]);
});
