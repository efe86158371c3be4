// Leads as a sales manager would tell of them, from stranger to qualified: facts, stages and score together.
import { describe, expect, test } from "vitest";
import { defaultPlaybook } from "./playbook-default.ts";
import type { SpinStage } from "./playbook.ts";
import {
  applyFactChanges,
  type FactValue,
  type KnownFact,
  planFactChanges,
  type ReadFact,
} from "./qualification-facts.ts";
import {
  addSignals,
  emptySpin,
  missingRequiredFacts,
  progressSpin,
  scoreLead,
  type Signal,
  type SignalKind,
  type Spin,
} from "./qualification.ts";

const playbook = defaultPlaybook({
  company: "Acme",
  sells: "Sistema de pedidos",
  tone: "warm",
  locale: "pt-BR",
  timezone: "America/Sao_Paulo",
});
const situationKeys = playbook.questions.situation.map((question) => question.fact);

type Telling = { key: string; value: FactValue; quote: string };

/** A lead over several turns; each turn tells facts and shows signals. */
class Story {
  facts: readonly KnownFact[] = [];
  spin: Spin = emptySpin();
  signals: readonly Signal[] = [];
  #turns = 0;

  tell(
    tellings: readonly Telling[],
    kinds: readonly SignalKind[] = ["answered"],
    exhausted: readonly SpinStage[] = [],
  ): this {
    this.#turns += 1;
    const messageId = `turn-${this.#turns}`;
    const read = tellings.map((telling): ReadFact => ({ ...telling, confidence: 0.9, messageId }));
    const changes = planFactChanges({ known: this.facts, read, custom: playbook.customFacts });
    const quote = tellings[0]?.quote ?? "ok";
    this.facts = applyFactChanges(this.facts, changes);
    this.signals = addSignals(
      this.signals,
      kinds.map((kind) => ({ kind, evidence: { messageId, quote } })),
    );
    this.spin = progressSpin({
      spin: this.spin,
      facts: this.facts,
      read: [],
      situationKeys,
      exhausted: new Set(exhausted),
    });
    return this;
  }

  correct(key: string, value: FactValue): this {
    this.facts = this.facts.map((fact) => (fact.key === key ? { ...fact, value, source: "member" } : fact));
    return this;
  }

  get score(): number {
    return this.judged.score;
  }

  get judged() {
    return scoreLead({ facts: this.facts, spin: this.spin, signals: this.signals, criteria: playbook.criteria });
  }

  get states(): string[] {
    return [this.spin.situation, this.spin.problem, this.spin.implication, this.spin.needPayoff].map(
      (stage) => stage.state,
    );
  }
}

const segment: Telling = { key: "segment", value: "padaria", quote: "tenho uma padaria" };
const solution: Telling = { key: "currentSolution", value: "caderno", quote: "anoto no caderno" };
const team: Telling = { key: "teamSize", value: 6, quote: "somos 6" };
const problem: Telling = { key: "problem", value: "perco pedidos", quote: "perco pedidos" };
const implication: Telling = { key: "implication", value: "cliente some", quote: "cliente some" };
const outcome: Telling = { key: "desiredOutcome", value: "nada perdido", quote: "nada perdido" };
const name: Telling = { key: "name", value: "Lia", quote: "sou a Lia" };
const company: Telling = { key: "company", value: "Pão Bom", quote: "Pão Bom" };
const decides: Telling = { key: "decisionMaker", value: true, quote: "eu decido" };

describe("a baker who answers everything", () => {
  const steps: readonly { tells: readonly Telling[]; states: readonly string[] }[] = [
    { tells: [segment], states: ["open", "open", "open", "open"] },
    { tells: [solution], states: ["satisfied", "open", "open", "open"] },
    { tells: [problem], states: ["satisfied", "satisfied", "open", "open"] },
    { tells: [implication], states: ["satisfied", "satisfied", "satisfied", "open"] },
    { tells: [outcome], states: ["satisfied", "satisfied", "satisfied", "satisfied"] },
  ];

  test("goes through the stages one by one, and the score climbs with each", () => {
    const story = new Story();
    let before = story.score;
    for (const { tells, states } of steps) {
      story.tell(tells);
      expect(story.states).toEqual(states);
      expect(story.score).toBeGreaterThan(before);
      before = story.score;
    }
  });

  test("is below the threshold until the fit is known, and above it then", () => {
    const story = new Story();
    for (const { tells } of steps) story.tell(tells);
    expect(story.score).toBeLessThan(playbook.threshold);
    expect(missingRequiredFacts(playbook, story.facts)).toEqual(["name", "company", "decisionMaker"]);
    story.tell([team]).tell([name]).tell([company]).tell([decides]);
    expect(story.score).toBeGreaterThanOrEqual(playbook.threshold);
    expect(missingRequiredFacts(playbook, story.facts)).toEqual([]);
  });

  test("has a quote from the right turn behind every reason", () => {
    const story = new Story().tell([segment, solution]).tell([problem]).tell([decides]);
    const proofs = story.judged.reasons.map((reason) => [
      reason.subject,
      reason.evidence?.messageId,
      reason.evidence?.quote,
    ]);
    expect(proofs).toEqual([
      ["Decide a compra", "turn-3", "eu decido"],
      ["situation", "turn-1", "tenho uma padaria"],
      ["problem", "turn-2", "perco pedidos"],
      ["answered", "turn-1", "tenho uma padaria"],
    ]);
  });
});

describe("a lead in a hurry", () => {
  test("tells it all at once and is as good as one who took five turns, but for engagement", () => {
    const all = [segment, solution, team, problem, implication, outcome, name, company, decides];
    const hasty = new Story().tell(all);
    const patient = all.reduce((story, telling) => story.tell([telling]), new Story());
    expect(hasty.states).toEqual(patient.states);
    const part = (story: Story, wanted: string) =>
      story.judged.reasons.filter((reason) => reason.part === wanted).reduce((sum, reason) => sum + reason.points, 0);
    expect(part(hasty, "fit")).toBe(part(patient, "fit"));
    expect(part(hasty, "need")).toBe(part(patient, "need"));
    expect(part(hasty, "engagement")).toBeLessThan(part(patient, "engagement"));
  });

  test("earns intent for asking the price and a demo, up to a limit", () => {
    const signs: readonly SignalKind[] = ["asked_price", "asked_demo", "proposed_time", "soon"];
    const eager = new Story().tell([], signs);
    const keener = new Story().tell([], signs).tell([], signs);
    expect(eager.score).toBe(20);
    expect(keener.score).toBe(20);
  });
});

describe("a lead who dodges", () => {
  test("has skipped stages, which earn nothing", () => {
    const story = new Story().tell([segment, solution]).tell([problem]).tell([], [], ["implication", "needPayoff"]);
    expect(story.states).toEqual(["satisfied", "satisfied", "skipped", "skipped"]);
    expect(story.judged.reasons.map((reason) => reason.subject)).not.toContain("implication");
  });

  test("may come back to a skipped stage", () => {
    const story = new Story().tell([], [], ["problem"]);
    expect(story.states[1]).toBe("skipped");
    expect(story.tell([problem], ["answered"], ["problem"]).states[1]).toBe("satisfied");
  });
});

describe("corrections", () => {
  test("the lead's own are taken, with the new proof", () => {
    const story = new Story().tell([team]).tell([{ key: "teamSize", value: 8, quote: "na verdade 8" }]);
    expect(story.facts).toMatchObject([{ key: "teamSize", value: 8, quote: "na verdade 8", messageId: "turn-2" }]);
  });

  test("a person's stand against whatever the lead says later, and count in the score", () => {
    const story = new Story().tell([{ ...team, value: 1 }]);
    const before = story.score;
    story.correct("teamSize", 30);
    expect(story.score).toBeGreaterThan(before);
    story.tell([{ ...team, value: 2 }], []);
    expect(story.facts).toMatchObject([{ key: "teamSize", value: 30, source: "member" }]);
  });

  test("several problems are kept side by side", () => {
    const story = new Story()
      .tell([problem])
      .tell([{ key: "problem", value: "ninguém anota", quote: "ninguém anota" }]);
    expect(story.facts.map((fact) => fact.value)).toEqual(["perco pedidos", "ninguém anota"]);
    expect(story.spin.problem.evidence).toHaveLength(2);
  });
});
