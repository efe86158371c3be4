import { describe, expect, it } from "vitest";
import en from "@/messages/en.json" with { type: "json" };
import ptBR from "@/messages/pt-BR.json" with { type: "json" };
import type { Condition } from "./rows.ts";
import { isLost, storyOf } from "./story.ts";

type Reason = NonNullable<Condition["reason"]>;

/** Every reason, and every state with all of them: what the API gains and this list lacks does not compile. */
const withReasons = (state: Condition["state"]): Condition[] => {
  const reasons: Record<Reason, Reason> = {
    logged_out: "logged_out",
    banned: "banned",
    pairing_expired: "pairing_expired",
    removed: "removed",
    other: "other",
  };
  return [{ state, reason: null }, ...Object.values(reasons).map((reason) => ({ state, reason }))];
};
const byState: Record<Condition["state"], Condition[]> = {
  draft: withReasons("draft"),
  pairing: withReasons("pairing"),
  connecting: withReasons("connecting"),
  connected: withReasons("connected"),
  disconnected: withReasons("disconnected"),
  action_needed: withReasons("action_needed"),
  removed: withReasons("removed"),
};
const conditions = Object.values(byState).flat();

describe("every state that a connection can be in, with every reason,", () => {
  it.each(conditions)("$state ($reason) has a word, a cause and a fix in both languages", (condition) => {
    const { key } = storyOf(condition);
    for (const { connections } of [ptBR, en]) {
      expect(connections.states[condition.state]).toMatch(/\S/);
      expect(connections.stories[key].cause).toMatch(/\S/);
      expect(connections.stories[key].fix).toMatch(/\S/);
    }
  });

  it.each(conditions)("$state ($reason) has a way out unless it works or comes back by itself", (condition) => {
    const works = condition.state === "connected" || condition.state === "connecting";
    expect(storyOf(condition).next === "nothing").toBe(works);
    const leadsToPairing = ["pair", "remake"].includes(storyOf(condition).next);
    expect(leadsToPairing || !isLost(condition)).toBe(true);
  });
});

it("an account that is gone at the provider is made again, not paired again", () => {
  expect(storyOf({ state: "action_needed", reason: "removed" })).toEqual({ key: "removed", next: "remake" });
  expect(storyOf({ state: "action_needed", reason: "logged_out" })).toEqual({ key: "logged_out", next: "pair" });
  expect(storyOf({ state: "action_needed", reason: "other" })).toEqual({ key: "action_needed", next: "pair" });
});
