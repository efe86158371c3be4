import { describe, expect, test } from "vitest";
import type { KnownFact } from "../domain/qualification-facts.ts";
import { newQualification, type QualificationState } from "../domain/qualification-state.ts";
import { emptySpin, type Spin } from "../domain/qualification.ts";
import { EVALUATION_PLAYBOOKS } from "./evaluation/playbooks.ts";
import { gather } from "./gather.ts";
import { decide, type Situation } from "./policy.ts";
import { makeTurn, makeUnderstanding } from "./turn-builder.ts";
import type { IntentKind, QuestionTopic, Understanding } from "./types.ts";

const source = { messageId: "m0", quote: "x" };
const intents = (...kinds: IntentKind[]): Partial<Understanding> => ({
  intents: kinds.map((kind) => ({ kind, ...source })),
});
const question = (topic: QuestionTopic, quote = "x"): Partial<Understanding> => ({
  question: { topic, messageId: "m0", quote },
});
const objection = (kind: "has_vendor" | "no_budget" | "must_think" | "not_decision_maker"): Partial<Understanding> => ({
  intents: [{ kind: "objects", ...source }],
  objection: { kind, ...source },
});
const time = (value: string): Partial<Understanding> => ({
  facts: [{ key: "preferredTime", value, confidence: 0.8, ...source }],
  intents: [{ kind: "proposes_time", ...source }],
});
const fact = (key: string, value: KnownFact["value"]): KnownFact => ({ key, value, confidence: 1, source: "lead" });

const REQUIRED = [
  fact("name", "Ana"),
  fact("company", "Acme"),
  fact("teamSize", 9),
  fact("decisionMaker", true),
  fact("monthlyBudget", { amountCents: 90_000, currency: "BRL" }),
];

function doneSpin(): Spin {
  const satisfied = { state: "satisfied" as const, evidence: [] };
  return { situation: satisfied, problem: satisfied, implication: satisfied, needPayoff: satisfied };
}

function situation(changes: Partial<Situation> = {}, state: Partial<QualificationState> = {}): Situation {
  return {
    playbook: EVALUATION_PLAYBOOKS.nexa,
    contactName: undefined,
    gathered: gather(makeTurn(["lead: oi"])),
    understanding: makeUnderstanding(),
    facts: [],
    spin: emptySpin(),
    score: 0,
    signals: [],
    state: { ...newQualification(), ...state },
    language: "pt",
    isServed: true,
    isStalled: false,
    wasUntrusted: false,
    ...changes,
  };
}

function moveFor(
  understanding: Partial<Understanding>,
  changes: Partial<Situation> = {},
  state: Partial<QualificationState> = {},
) {
  return decide(situation({ ...changes, understanding: makeUnderstanding(understanding) }, state)).move;
}

describe("precedence", () => {
  /** Each layer is added to all weaker ones: the strongest one present decides. */
  const layers: readonly { name: string; understanding: Partial<Understanding>; kind: string }[] = [
    { name: "opt-out", understanding: intents("opts_out"), kind: "confirm_opt_out" },
    { name: "handoff", understanding: intents("asks_human"), kind: "hand_off" },
    { name: "abuse", understanding: intents("abusive"), kind: "set_boundary" },
    { name: "question", understanding: question("price"), kind: "answer" },
    { name: "time", understanding: time("quinta 15h"), kind: "hand_off" },
    { name: "objection", understanding: objection("has_vendor"), kind: "handle_objection" },
    { name: "meeting", understanding: intents("asks_demo"), kind: "ask_for_time" },
    { name: "next question", understanding: {}, kind: "ask" },
  ];

  test.each(layers.map((layer, at) => ({ ...layer, weaker: layers.slice(at) })))(
    "$name comes before all that is weaker",
    ({ weaker, kind }) => {
      const merged = weaker.map((layer) => makeUnderstanding(layer.understanding));
      const understanding: Partial<Understanding> = {
        intents: merged.flatMap((part) => part.intents),
        objection: merged.find((part) => part.objection)?.objection ?? null,
        question: merged.find((part) => part.question)?.question ?? null,
        facts: merged.flatMap((part) => part.facts),
      };
      expect(moveFor(understanding).kind).toBe(kind);
    },
  );

  test("with nothing left to ask and a low score the lead is let go kindly", () => {
    const asked = [
      "teamSize",
      "currentSolution",
      "problem",
      "implication",
      "desiredOutcome",
      "name",
      "company",
      "decisionMaker",
      "monthlyBudget",
    ].map((goal) => ({ goal, times: 2 }));
    expect(moveFor({}, {}, { asked })).toEqual({ kind: "close", outcome: "nurture", reason: "score_below_threshold" });
    expect(moveFor({}, { score: 80 }, { asked })).toEqual({ kind: "hand_off", reason: "facts_missing" });
  });
});

describe("handing off", () => {
  test.each([
    ["asks_human", "asked_for_person"],
    ["existing_customer", "existing_customer"],
  ] as const)("%s goes to a person as %s", (kind, reason) => {
    expect(moveFor(intents(kind))).toEqual({ kind: "hand_off", reason });
  });

  test("a playbook keyword brings in a person, as whole words only", () => {
    const playbook = { ...EVALUATION_PLAYBOOKS.nexa, handoff: { keywords: ["Procon"], maxUnknownQuestions: 2 } };
    const said = (text: string) => moveFor({}, { playbook, gathered: gather(makeTurn([`lead: ${text}`])) });
    expect(said("vou no procon!")).toEqual({ kind: "hand_off", reason: "playbook_keyword" });
    expect(said("os proconsules")).not.toMatchObject({ kind: "hand_off" });
  });

  test("a language that is not served goes to a person", () => {
    expect(moveFor({ language: "es" }, { isServed: false, language: "es" })).toEqual({
      kind: "hand_off",
      reason: "language_not_served",
    });
  });

  test("the second question without an answer goes to a person, the first gets an honest word", () => {
    expect(moveFor(question("other"))).toMatchObject({ kind: "answer", answer: { source: "unknown" } });
    expect(moveFor(question("other"), {}, { unknownQuestions: 1 })).toEqual({
      kind: "hand_off",
      reason: "unanswered_questions",
    });
  });

  test("after two voice notes asked for as text, the third goes to a person", () => {
    const gathered = gather(makeTurn(["lead: [audio]"]));
    expect(moveFor({}, { gathered })).toEqual({ kind: "ask_for_text", media: "audio" });
    expect(moveFor({}, { gathered }, { unreadMedia: 2 })).toEqual({ kind: "hand_off", reason: "media_not_understood" });
  });
});

describe("questions of the lead", () => {
  test("get an answer first and at most one question after it", () => {
    expect(moveFor(question("price"))).toMatchObject({
      kind: "answer",
      answer: { source: "prices", lines: ["Nexa Start: R$ 490 por mês", "Nexa Time: a partir de R$ 1.290 por mês"] },
      next: { goal: "teamSize", attempt: 1 },
    });
  });

  test("without prices that may be said, the team says them", () => {
    expect(moveFor(question("price"), { playbook: EVALUATION_PLAYBOOKS["first-run"] })).toMatchObject({
      answer: { source: "price_by_team" },
    });
  });

  test("are answered by a written answer of the playbook before anything else", () => {
    expect(moveFor(question("other", "vocês têm integração com CRM?"))).toMatchObject({ answer: { source: "faq" } });
  });

  test("about the offer are left to the team when the playbook has no words in the lead's language", () => {
    const playbook = EVALUATION_PLAYBOOKS["first-run"];
    expect(moveFor(question("offer"), { playbook })).toMatchObject({ answer: { source: "offer" } });
    expect(moveFor(question("offer"), { playbook, language: "en" })).toMatchObject({
      answer: { source: "offer_by_team" },
    });
  });

  test("never get a promise of a discount", () => {
    expect(moveFor(question("discount", "tem desconto?"))).toMatchObject({ answer: { source: "no_discount" } });
  });
});

describe("asking", () => {
  test("known facts are never asked for, nor is a name that the channel shows", () => {
    const facts = REQUIRED.filter((known) => known.key !== "name" && known.key !== "company");
    expect(moveFor({}, { facts, spin: doneSpin(), contactName: "Ana" })).toMatchObject({ ask: { goal: "company" } });
    expect(moveFor({}, { facts, spin: doneSpin() })).toMatchObject({ ask: { goal: "name" } });
  });

  test("a question without an answer comes once more in other words, and never a third time", () => {
    const first = moveFor({});
    const second = moveFor({}, {}, { asked: [{ goal: "teamSize", times: 1 }], pending: "teamSize" });
    const third = moveFor({}, {}, { asked: [{ goal: "teamSize", times: 2 }], pending: "teamSize" });
    expect(first).toMatchObject({ ask: { goal: "teamSize", attempt: 1 } });
    expect(second).toMatchObject({ ask: { goal: "teamSize", attempt: 2 } });
    expect(first.kind === "ask" && second.kind === "ask" && first.ask.wording !== second.ask.wording).toBe(true);
    expect(third).toMatchObject({ ask: { goal: "currentSolution" } });
  });

  test("stages are asked in the order of SPIN", () => {
    const open = { state: "open" as const, evidence: [] };
    const facts = [fact("teamSize", 4), fact("currentSolution", "excel")];
    const goals = (["problem", "implication", "needPayoff"] as const).map((stage) =>
      moveFor({}, { facts, spin: { ...doneSpin(), [stage]: open } }),
    );
    expect(goals).toMatchObject([
      { ask: { goal: "problem" } },
      { ask: { goal: "implication" } },
      { ask: { goal: "desiredOutcome" } },
    ]);
  });
});

describe("meetings", () => {
  test("a qualified lead is asked for a time, and no slot is named", () => {
    expect(moveFor({}, { facts: REQUIRED, spin: doneSpin(), score: 80 })).toEqual({ kind: "ask_for_time", attempt: 1 });
  });

  test("a lead below the threshold is not", () => {
    expect(moveFor({}, { facts: REQUIRED, spin: doneSpin(), score: 59 }).kind).toBe("close");
  });

  test("the time a lead names is passed on as a wish", () => {
    expect(moveFor(time("quinta 15h"))).toEqual({
      kind: "hand_off",
      reason: "meeting_requested",
      preferredTime: "quinta 15h",
    });
  });

  test("yes without a time is asked once more, then handed off", () => {
    const accepts = intents("affirms");
    expect(moveFor(accepts, {}, { pending: "meeting", asked: [{ goal: "meeting", times: 1 }] })).toEqual({
      kind: "ask_for_time",
      attempt: 2,
    });
    expect(moveFor(accepts, {}, { pending: "meeting", asked: [{ goal: "meeting", times: 2 }] })).toEqual({
      kind: "hand_off",
      reason: "meeting_requested",
    });
  });
});

describe("objections and goodbyes", () => {
  test("the first time an objection is met with the playbook's answer, the second time it is accepted", () => {
    expect(moveFor(objection("has_vendor"))).toMatchObject({
      kind: "handle_objection",
      text: expect.stringContaining("solução"),
    });
    expect(moveFor(objection("has_vendor"), {}, { objections: [{ kind: "has_vendor", times: 1 }] })).toEqual({
      kind: "close",
      outcome: "nurture",
      reason: "has_vendor",
    });
    expect(moveFor(objection("no_budget"), {}, { objections: [{ kind: "no_budget", times: 1 }] })).toMatchObject({
      outcome: "disqualified",
    });
  });

  test("what answers our own question is no objection", () => {
    expect(
      moveFor({ ...objection("has_vendor"), pendingReply: "answered" }, {}, { pending: "currentSolution" }).kind,
    ).toBe("ask");
    expect(
      moveFor({ ...objection("not_decision_maker"), pendingReply: "answered" }, {}, { pending: "decisionMaker" }).kind,
    ).toBe("ask");
  });

  test("no is taken for an answer", () => {
    expect(moveFor(intents("declines"))).toEqual({ kind: "close", outcome: "disqualified", reason: "declined" });
    expect(moveFor(intents("declines"), { score: 70 })).toMatchObject({ outcome: "nurture" });
  });

  test("a failed requirement disqualifies with its label", () => {
    expect(moveFor({}, { facts: [fact("teamSize", 1)] })).toEqual({
      kind: "close",
      outcome: "disqualified",
      reason: "Team of two or more",
    });
  });

  test("people who want something else are let go", () => {
    expect(moveFor(intents("not_a_lead"))).toMatchObject({ kind: "close", reason: "not_a_lead" });
  });

  test("after a goodbye thanks meet silence, and a new question opens the talk again", () => {
    expect(moveFor(intents("thanks"), {}, { outcome: "nurture" })).toEqual({
      kind: "stay_silent",
      reason: "conversation_over",
    });
    expect(moveFor(question("price"), {}, { outcome: "nurture" }).kind).toBe("answer");
  });

  test("abuse is answered once with a boundary, then with silence", () => {
    expect(moveFor(intents("abusive")).kind).toBe("set_boundary");
    expect(moveFor(intents("abusive"), {}, { boundaries: 1 })).toEqual({ kind: "stay_silent", reason: "abuse" });
  });
});
