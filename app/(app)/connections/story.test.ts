import { describe, expect, it } from "vitest";
import { connectionReasonValidator, connectionStateValidator } from "@/convex/validators.ts";
import en from "@/messages/en.json" with { type: "json" };
import ptBR from "@/messages/pt-BR.json" with { type: "json" };
import { isLost, storyOf } from "./story.ts";

const states = connectionStateValidator.members.map(({ value }) => value);
const reasons = [null, ...connectionReasonValidator.members.map(({ value }) => value)];
const conditions = states.flatMap((state) => reasons.map((reason) => ({ state, reason })));

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
