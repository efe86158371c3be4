import { expect, test } from "vitest";
import { paceOf } from "./pace.ts";

test("a phone's account sends no faster than its number is allowed to", () => {
  expect(paceOf("whatsapp")).toEqual({ perSecond: 20, burst: 20 });
});

test.each(["instagram", "messenger", "email"] as const)("%s has a pace", (channel) => {
  expect(paceOf(channel)?.perSecond).toBeGreaterThan(0);
});

test("what only we serve is held back by nobody", () => {
  expect(paceOf("webchat")).toBeNull();
});
