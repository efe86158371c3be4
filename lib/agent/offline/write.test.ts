import { describe, expect, test } from "vitest";
import type { Language } from "../../domain/playbook-language.ts";
import type { KnownFact } from "../../domain/qualification-facts.ts";
import { EVALUATION_PLAYBOOKS } from "../evaluation/playbooks.ts";
import { makeTurn, makeUnderstanding } from "../turn-builder.ts";
import type { Answer, Ask, HandoffReason, Move, WriteRequest } from "../types.ts";
import { verify } from "../verify.ts";
import { writeFromTemplate } from "./write.ts";

const WORDING: Readonly<Record<Language, string>> = {
  pt: "O que mais incomoda no jeito de hoje?",
  en: "What bothers you most about the way it works?",
  es: "¿Qué es lo que más le molesta hoy?",
};
const REASONS: readonly HandoffReason[] = [
  "asked_for_person",
  "playbook_keyword",
  "existing_customer",
  "unanswered_questions",
  "media_not_understood",
  "language_not_served",
  "facts_missing",
  "nothing_safe_to_say",
];

function movesIn(language: Language): Move[] {
  const ask = (attempt: 1 | 2): Ask => ({ goal: "problem", stage: "problem", attempt, wording: WORDING[language] });
  const answers: readonly Answer[] = [
    { source: "prices", lines: ["Nexa Start: R$ 490"] },
    { source: "identity" },
    { source: "privacy" },
    { source: "no_discount" },
    { source: "price_by_team" },
    { source: "offer_by_team" },
    { source: "unknown" },
    { source: "link", url: "https://nexa.example.com" },
  ];
  return [
    { kind: "confirm_opt_out" },
    { kind: "set_boundary" },
    ...(["not_a_lead", "declined", "no_budget"] as const).map((reason): Move => ({
      kind: "close",
      outcome: "disqualified",
      reason,
    })),
    { kind: "close", outcome: "nurture", reason: "must_think" },
    { kind: "ask_for_text", media: "audio" },
    { kind: "ask_for_text", media: "image" },
    ...REASONS.map((reason): Move => ({ kind: "hand_off", reason })),
    { kind: "hand_off", reason: "meeting_requested" },
    { kind: "hand_off", reason: "meeting_requested", preferredTime: "15h" },
    ...answers.flatMap((answer): Move[] => [
      { kind: "answer", answer, next: ask(1) },
      { kind: "answer", answer, next: "meeting" },
      { kind: "answer", answer, next: null },
    ]),
    ...(
      ["has_vendor", "no_budget", "no_time", "must_think", "not_decision_maker", "too_expensive", "no_need"] as const
    ).map((objection): Move => ({ kind: "handle_objection", objection, text: null, next: ask(1) })),
    { kind: "ask_for_time", attempt: 1 },
    { kind: "ask_for_time", attempt: 2 },
    { kind: "ask", ask: ask(1) },
    { kind: "ask", ask: ask(2) },
  ];
}

function requestFor(
  move: Move,
  changes: Partial<WriteRequest> = {},
  lines: readonly string[] = ["lead: oi"],
): WriteRequest {
  const input = makeTurn(lines);
  return {
    input,
    understanding: makeUnderstanding(),
    move,
    language: "pt",
    facts: [],
    learned: [],
    absence: null,
    rejections: [],
    ...changes,
  };
}

const OPENINGS = [
  ["lead: x"],
  ["lead: x", "agent: y", "lead: z"],
  ["lead: x", "agent: y", "lead: z", "agent: w", "lead: v"],
];

describe.each(["pt", "en", "es"] as const)("templates in %s", (language) => {
  test.each(movesIn(language).map((move) => ({ move, name: JSON.stringify(move).slice(0, 90) })))(
    "pass the verifier: $name",
    ({ move }) => {
      for (const lines of OPENINGS) {
        for (const seed of ["a", "b", "c", "d", "e", "f"]) {
          const input = makeTurn(lines, { conversationId: seed });
          const messages = writeFromTemplate(requestFor(move, { input, language }));
          expect(messages.length).toBeGreaterThan(0);
          const rejections = verify({
            draft: { messages },
            move,
            input,
            language,
            facts: [],
            lastSaid: [],
            absence: null,
          });
          expect(rejections).toEqual([]);
        }
      }
    },
  );
});

describe("wording", () => {
  const ask: Move = { kind: "ask", ask: { goal: "problem", stage: "problem", attempt: 1, wording: WORDING.pt } };
  const facts: readonly KnownFact[] = [
    { key: "name", value: "marina souza", confidence: 1, source: "lead" },
    { key: "teamSize", value: 12, confidence: 1, source: "lead" },
    { key: "company", value: "loja bella", confidence: 1, source: "lead" },
  ];
  const later = ["lead: oi", "agent: olá", "lead: x"];

  test("introduces itself as a virtual assistant in the first turn, and only then", () => {
    expect(writeFromTemplate(requestFor(ask)).join(" ")).toContain("assistente virtual da Nexa");
    expect(writeFromTemplate(requestFor(ask, {}, later)).join(" ")).not.toContain("assistente virtual");
  });

  test("greets by first name, in capitals however it was typed", () => {
    expect(writeFromTemplate(requestFor(ask, { facts }))[0]).toContain("Marina");
    expect(writeFromTemplate(requestFor(ask, { facts }))[0]).not.toContain("souza");
  });

  test("does not greet a channel name that is not one", () => {
    const input = makeTurn(["lead: oi"], { contactName: "+55 11 98888" });
    expect(writeFromTemplate(requestFor(ask, { input }))[0]).not.toContain("55");
  });

  test("acknowledges what was just told, before the question", () => {
    const [message] = writeFromTemplate(requestFor(ask, { facts, learned: ["teamSize"] }, later));
    expect(message).toMatch(/12/);
    expect(message?.endsWith(WORDING.pt)).toBe(true);
    expect(writeFromTemplate(requestFor(ask, { facts, learned: ["company"] }, later))[0]).toContain("Loja Bella");
  });

  test("says the same for the same conversation and turn", () => {
    expect(writeFromTemplate(requestFor(ask, {}, later))).toEqual(writeFromTemplate(requestFor(ask, {}, later)));
  });

  test("does not acknowledge two turns in a row with the same words", () => {
    const again = [...later, "agent: b", "lead: y"];
    const heard = (lines: readonly string[]) =>
      writeFromTemplate(requestFor(ask, { facts, learned: ["teamSize"] }, lines))[0];
    expect(heard(later)).not.toBe(heard(again));
  });

  test("puts a question again with other words around it", () => {
    const second: Move = { kind: "ask", ask: { goal: "problem", stage: "problem", attempt: 2, wording: WORDING.pt } };
    expect(writeFromTemplate(requestFor(second, {}, later))[0]).toMatch(/(jeito|melhor|rapidinho): o que mais/);
  });

  test("leaves out emoji unless the tone is warm", () => {
    const talk = (tone: "warm" | "formal") =>
      ["a", "b", "c", "d"].map((seed) => {
        const input = makeTurn(["lead: oi"], {
          conversationId: seed,
          playbook: { ...EVALUATION_PLAYBOOKS.nexa, tone },
        });
        return writeFromTemplate(requestFor(ask, { input })).join(" ");
      });
    expect(talk("warm").join(" ")).toMatch(/\p{Extended_Pictographic}/u);
    expect(talk("formal").join(" ")).not.toMatch(/\p{Extended_Pictographic}/u);
  });

  test("sends no more messages than the playbook allows in a row, and loses no words", () => {
    const pacing = { ...EVALUATION_PLAYBOOKS.nexa.pacing, maxUnanswered: 1 };
    const input = makeTurn(["lead: quanto custa?"], { playbook: { ...EVALUATION_PLAYBOOKS.nexa, pacing } });
    const move: Move = {
      kind: "answer",
      answer: { source: "prices", lines: ["Nexa Start: R$ 490"] },
      next: { goal: "problem", stage: "problem", attempt: 1, wording: WORDING.pt },
    };
    const messages = writeFromTemplate(requestFor(move, { input }));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/assistente virtual.*R\$ 490.*incomoda/s);
  });

  test("says nothing for silence", () => {
    expect(writeFromTemplate(requestFor({ kind: "stay_silent", reason: "nothing_new" }))).toEqual([]);
  });
});
