import { describe, expect, it } from "vitest";
import { defaultPlaybook } from "./playbook-default.ts";
import { describeProgress, missingFactsOf } from "./qualification-progress.ts";
import { newQualification } from "./qualification-state.ts";

const playbook = defaultPlaybook({
  company: "Acme",
  sells: "Software",
  tone: "warm",
  locale: "pt-BR",
  timezone: "America/Sao_Paulo",
});
const nobody = { playbook, facts: [], contactName: undefined };

describe("describeProgress", () => {
  it("a stage whose question was put is asked, until it is answered or skipped", () => {
    const state = newQualification();
    expect(describeProgress({ ...nobody, state }).problem.state).toBe("open");
    state.asked = [{ goal: "problem", times: 1 }];
    expect(describeProgress({ ...nobody, state }).problem.state).toBe("asked");
    state.spin.problem = { state: "skipped", evidence: [] };
    expect(describeProgress({ ...nobody, state }).problem.state).toBe("skipped");
    state.spin.problem = { state: "satisfied", evidence: [{ messageId: "m1", quote: "planilha" }] };
    expect(describeProgress({ ...nobody, state }).problem).toEqual(state.spin.problem);
  });

  it("the closing is done when nothing required is missing, and asked when a time was", () => {
    const state = newQualification();
    expect(describeProgress({ ...nobody, state }).closing.state).toBe("open");
    state.asked = [{ goal: "meeting", times: 1 }];
    expect(describeProgress({ ...nobody, state }).closing.state).toBe("asked");
    const facts = playbook.requiredFacts.map((key) => ({ key }));
    expect(describeProgress({ ...nobody, facts, state }).closing.state).toBe("satisfied");
  });
});

describe("missingFactsOf", () => {
  it("lists what the playbook asks about, required first, each once", () => {
    const missing = missingFactsOf(nobody);
    const keys = missing.map(({ key }) => key);
    expect(keys.slice(0, 3)).toEqual(playbook.requiredFacts);
    expect(new Set(keys).size).toBe(keys.length);
    expect(missing.filter(({ isRequired }) => isRequired).map(({ key }) => key)).toEqual(playbook.requiredFacts);
  });

  it("leaves out what is known; a name shown by the channel is known", () => {
    const keys = missingFactsOf({ ...nobody, facts: [{ key: "company" }], contactName: "Carla" }).map(({ key }) => key);
    expect(keys).not.toContain("company");
    expect(keys).not.toContain("name");
    expect(keys).toContain("decisionMaker");
  });
});
