import { describe, expect, it } from "vitest";
import { defaultPlaybook } from "../domain/playbook-default.ts";
import type { PlaybookContent } from "../domain/playbook.ts";
import type { KnownFact } from "../domain/qualification-facts.ts";
import { newQualification, type QualificationState } from "../domain/qualification-state.ts";
import { requalify } from "./requalify.ts";

const playbook: PlaybookContent = {
  ...defaultPlaybook({
    company: "Acme",
    sells: "Software",
    tone: "warm",
    locale: "pt-BR",
    timezone: "America/Sao_Paulo",
  }),
  criteria: [
    { label: "Ten or more", fact: "teamSize", test: { kind: "at_least", value: 10 }, weight: 1, need: "required" },
  ],
  requiredFacts: ["company"],
  threshold: 35,
};

function by(key: string, value: KnownFact["value"]): KnownFact {
  return { key, value, confidence: 1, source: "member" };
}

function again(given: Partial<QualificationState>, facts: KnownFact[]): QualificationState {
  const state = { ...newQualification(), ...given };
  return requalify({ playbook, state, facts, removed: [], contactName: undefined });
}

describe("requalify", () => {
  it("scores what is known now", () => {
    expect(again({}, [by("teamSize", 12)]).score).toBe(35);
    expect(again({ score: 35 }, []).score).toBe(0);
  });

  it("qualifies when the score is reached and nothing required is missing", () => {
    expect(again({}, [by("teamSize", 12)])).toMatchObject({ outcome: "open" });
    const won = again({}, [by("teamSize", 12), by("company", "Nexo")]);
    expect(won).toMatchObject({ outcome: "qualified", outcomeReason: "score_reached" });
    expect(again(won, [by("company", "Nexo")])).toMatchObject({ outcome: "open", outcomeReason: undefined });
  });

  it("disqualifies who fails a requirement for certain, and takes that back with the fact", () => {
    const lost = again({}, [by("teamSize", 2)]);
    expect(lost).toMatchObject({ outcome: "disqualified", outcomeReason: "Ten or more" });
    expect(again(lost, [by("teamSize", 12)]).outcome).toBe("open");
  });

  it("a stage that rested on a removed fact is open again", () => {
    const evidence = { messageId: "m1", quote: "planilha" };
    const state = newQualification();
    state.spin.problem = { state: "satisfied", evidence: [evidence] };
    const given = { playbook, state, contactName: undefined, removed: [evidence] };
    expect(requalify({ ...given, facts: [] }).spin.problem.state).toBe("open");
    expect(requalify({ ...given, facts: [by("problem", "planilhas")] }).spin.problem.state).toBe("satisfied");
  });

  it.each([
    { outcome: "opted_out", outcomeReason: "opts_out" },
    { outcome: "disqualified", outcomeReason: "not_a_lead" },
    { outcome: "nurture", outcomeReason: "no_time" },
    { outcome: "handed_off", outcomeReason: "asked_for_person" },
  ] as const)("what the lead said stays: $outcome by $outcomeReason", (ended) => {
    expect(again(ended, [by("teamSize", 12), by("company", "Nexo")])).toMatchObject(ended);
  });

  it("what people were asked to complete is won when they complete it, and not before", () => {
    const ended = { outcome: "handed_off", outcomeReason: "facts_missing" } as const;
    expect(again(ended, [by("teamSize", 12)])).toMatchObject(ended);
    expect(again(ended, [by("teamSize", 12), by("company", "Nexo")])).toMatchObject({ outcome: "qualified" });
  });

  it("below the bar stays nurture until the bar is reached", () => {
    const ended = { outcome: "nurture", outcomeReason: "score_below_threshold" } as const;
    expect(again(ended, [])).toMatchObject(ended);
    expect(again(ended, [by("teamSize", 12), by("company", "Nexo")]).outcome).toBe("qualified");
  });
});
