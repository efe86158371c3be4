import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Criterion, SPIN_STAGES } from "./playbook.ts";
import type { FactValue, KnownFact } from "./qualification-facts.ts";
import { newQualification, timesAsked } from "./qualification-state.ts";
import {
  addSignals,
  emptySpin,
  failedRequirement,
  meetsCriterion,
  missingRequiredFacts,
  progressSpin,
  SCORE_PARTS,
  scoreLead,
  type Signal,
  type SignalKind,
  type Spin,
} from "./qualification.ts";

const fact = (key: string, value: FactValue, quote?: string): KnownFact => ({
  key,
  value,
  confidence: 1,
  source: "lead",
  ...(quote === undefined ? {} : { quote, messageId: "m1" }),
});
const criterion = (
  key: string,
  check: Criterion["test"],
  need: Criterion["need"] = "wanted",
  weight = 1,
): Criterion => ({
  label: key,
  fact: key,
  test: check,
  weight,
  need,
});
const signal = (kind: SignalKind, times = 1): Signal => ({ kind, times, evidence: { messageId: "m1", quote: kind } });

function progress(facts: readonly KnownFact[], changes: Partial<Parameters<typeof progressSpin>[0]> = {}): Spin {
  return progressSpin({
    spin: emptySpin(),
    facts,
    read: [],
    situationKeys: ["teamSize", "currentSolution", "segment"],
    exhausted: new Set(),
    ...changes,
  });
}

describe("SPIN progress", () => {
  test("begins with everything open", () => {
    expect(SPIN_STAGES.map((stage) => emptySpin()[stage].state)).toEqual(["open", "open", "open", "open"]);
  });

  test("the situation is clear with two of its facts, not with one", () => {
    expect(progress([fact("teamSize", 3)]).situation.state).toBe("open");
    expect(progress([fact("teamSize", 3), fact("segment", "loja")]).situation.state).toBe("satisfied");
  });

  test("a playbook with one situation question needs that one only", () => {
    expect(progress([fact("teamSize", 3)], { situationKeys: ["teamSize"] }).situation.state).toBe("satisfied");
  });

  test.each([
    ["problem", "problem"],
    ["implication", "implication"],
    ["desiredOutcome", "needPayoff"],
  ] as const)("the fact %s satisfies %s with its quote as evidence", (key, stage) => {
    const spin = progress([fact(key, "x", "as I said")]);
    expect(spin[stage]).toEqual({ state: "satisfied", evidence: [{ messageId: "m1", quote: "as I said" }] });
  });

  test("evidence that the brain read satisfies a stage too", () => {
    const read = [{ stage: "implication" as const, evidence: { messageId: "m2", quote: "we lose deals" } }];
    expect(progress([], { read }).implication).toEqual({
      state: "satisfied",
      evidence: [{ messageId: "m2", quote: "we lose deals" }],
    });
  });

  test("the same evidence is kept once over the turns", () => {
    const facts = [fact("problem", "x", "slow")];
    const once = progress(facts);
    expect(progress(facts, { spin: once }).problem.evidence).toHaveLength(1);
  });

  test("a stage without questions left is skipped, and satisfied after all when the lead tells", () => {
    const skipped = progress([], { exhausted: new Set(["problem"]) });
    expect(skipped.problem.state).toBe("skipped");
    expect(progress([fact("problem", "x")], { spin: skipped, exhausted: new Set(["problem"]) }).problem.state).toBe(
      "satisfied",
    );
  });

  test("what was satisfied stays so when a person removes the fact", () => {
    const before = progress([fact("problem", "x", "slow")]);
    expect(progress([], { spin: before }).problem.state).toBe("satisfied");
  });
});

describe("criteria", () => {
  test.each<[Criterion["test"], FactValue, boolean | null]>([
    [{ kind: "known" }, "anything", true],
    [{ kind: "is", value: true }, true, true],
    [{ kind: "is", value: true }, false, false],
    [{ kind: "at_least", value: 5 }, 5, true],
    [{ kind: "at_least", value: 5 }, 4, false],
    [{ kind: "at_least", value: 500 }, { amountCents: 50_000, currency: "BRL" }, true],
    [{ kind: "at_least", value: 500 }, { amountCents: 49_999, currency: "BRL" }, false],
    [{ kind: "at_least", value: 5 }, "many", null],
    [{ kind: "at_most", value: 5 }, 5, true],
    [{ kind: "at_most", value: 5 }, 6, false],
    [{ kind: "one_of", values: ["Clínica", "Loja"] }, "clínica de estética", true],
    [{ kind: "one_of", values: ["Loja"] }, "indústria", false],
  ])("%j with %j: %s", (check, value, met) => {
    expect(meetsCriterion(criterion("x", check), [fact("x", value)])).toBe(met);
  });

  test("an unknown fact neither meets nor fails", () => {
    expect(meetsCriterion(criterion("x", { kind: "is", value: true }), [])).toBeNull();
  });

  test("only a required criterion disqualifies, and only when it fails for certain", () => {
    const wanted = criterion("teamSize", { kind: "at_least", value: 2 });
    const required = criterion("teamSize", { kind: "at_least", value: 2 }, "required");
    expect(failedRequirement([wanted], [fact("teamSize", 1)])).toBeNull();
    expect(failedRequirement([required], [fact("teamSize", 1)])).toBe(required);
    expect(failedRequirement([required], [])).toBeNull();
  });

  test("required facts that are unknown are named in the playbook's order", () => {
    expect(missingRequiredFacts({ requiredFacts: ["name", "company", "role"] }, [fact("company", "Acme")])).toEqual([
      "name",
      "role",
    ]);
  });
});

describe("the score", () => {
  const satisfied: Spin = progress([
    fact("teamSize", 3),
    fact("segment", "x"),
    fact("problem", "x"),
    fact("implication", "x"),
    fact("desiredOutcome", "x"),
  ]);
  const allSignals = [
    signal("asked_price"),
    signal("asked_demo"),
    signal("proposed_time"),
    signal("soon"),
    signal("answered", 9),
  ];
  const criteria = [criterion("teamSize", { kind: "known" }), criterion("role", { kind: "known" })];

  test("is 0 for a stranger, with no reasons", () => {
    expect(scoreLead({ facts: [], spin: emptySpin(), signals: [], criteria })).toEqual({ score: 0, reasons: [] });
  });

  test("is 100 for a lead with everything", () => {
    const facts = [fact("teamSize", 3), fact("role", "CEO")];
    expect(scoreLead({ facts, spin: satisfied, signals: allSignals, criteria }).score).toBe(100);
  });

  test.each([
    ["fit", { facts: [fact("teamSize", 1), fact("role", "x")] }],
    ["need", { spin: satisfied }],
    ["intent", { signals: allSignals.filter((entry) => entry.kind !== "answered") }],
    ["engagement", { signals: [signal("answered", 5)] }],
  ] as const)("%s alone earns its share and no more", (part, changes) => {
    const { score, reasons } = scoreLead({ facts: [], spin: emptySpin(), signals: [], criteria, ...changes });
    expect(score).toBe(SCORE_PARTS[part]);
    expect(new Set(reasons.map((reason) => reason.part))).toEqual(new Set([part]));
  });

  test("the shares add up to 100", () => {
    expect(Object.values(SCORE_PARTS).reduce((sum, share) => sum + share, 0)).toBe(100);
  });

  test("fit is shared by weight", () => {
    const weighted = [criterion("a", { kind: "known" }, "wanted", 3), criterion("b", { kind: "known" }, "wanted", 1)];
    const { reasons } = scoreLead({ facts: [fact("a", 1)], spin: emptySpin(), signals: [], criteria: weighted });
    expect(reasons).toMatchObject([{ subject: "a", points: 26.3, of: 26.3 }]);
  });

  test("every reason has the quote behind it when there is one", () => {
    const facts = [fact("problem", "x", "it is slow")];
    const { reasons } = scoreLead({ facts, spin: progress(facts), signals: [signal("asked_price")], criteria: [] });
    expect(reasons.map((reason) => reason.evidence?.quote)).toEqual(["it is slow", "asked_price"]);
  });

  test("is the sum of its reasons, within 0 and 100, and never falls when more becomes known", () => {
    const kinds = fc.constantFrom<SignalKind>("asked_price", "asked_demo", "proposed_time", "soon", "answered");
    const keys = fc.constantFrom("teamSize", "role", "segment", "problem", "implication", "desiredOutcome");
    fc.assert(
      fc.property(fc.uniqueArray(keys), keys, fc.uniqueArray(kinds), (someKeys, more, someKinds) => {
        const scoreOf = (factKeys: readonly string[]) => {
          const facts = factKeys.map((key) => fact(key, "x"));
          return scoreLead({ facts, spin: progress(facts), signals: someKinds.map((kind) => signal(kind)), criteria });
        };
        const { score, reasons } = scoreOf(someKeys);
        expect(Math.abs(score - reasons.reduce((sum, reason) => sum + reason.points, 0))).toBeLessThanOrEqual(0.5);
        expect(score).toBeLessThanOrEqual(100);
        expect(scoreOf([...someKeys, more]).score).toBeGreaterThanOrEqual(score);
      }),
    );
  });
});

describe("signals", () => {
  test("are counted, with their first proof kept", () => {
    const first = { kind: "answered" as const, evidence: { messageId: "m1", quote: "one" } };
    const second = { kind: "answered" as const, evidence: { messageId: "m2", quote: "two" } };
    expect(addSignals([], [first, second])).toEqual([{ kind: "answered", times: 2, evidence: first.evidence }]);
  });

  test("of earlier turns are not changed in place", () => {
    const before = [signal("answered")];
    addSignals(before, [{ kind: "answered", evidence: { messageId: "m", quote: "q" } }]);
    expect(before).toEqual([signal("answered")]);
  });
});

test("a conversation begins with nothing asked and nothing known", () => {
  const state = newQualification();
  expect(state).toMatchObject({ score: 0, outcome: "open", asked: [], signals: [] });
  expect(timesAsked(state, "name")).toBe(0);
  expect(timesAsked({ asked: [{ goal: "name", times: 2 }] }, "name")).toBe(2);
});
