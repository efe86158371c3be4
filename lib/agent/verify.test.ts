// Hostile drafts: what a careless or a misled model might write. Each must be refused for its own reason.
import { describe, expect, test } from "vitest";
import type { KnownFact } from "../domain/qualification-facts.ts";
import { makeTurn } from "./turn-builder.ts";
import type { Move, RejectionRule, TurnInput } from "./types.ts";
import type { Verification } from "./verification.ts";
import { verify } from "./verify.ts";

const ASK: Move = {
  kind: "ask",
  ask: { goal: "problem", stage: "problem", attempt: 1, wording: "O que mais incomoda hoje?" },
};
const facts: readonly KnownFact[] = [
  { key: "teamSize", value: 12, confidence: 1, source: "lead", messageId: "m0", quote: "somos 12" },
  {
    key: "monthlyBudget",
    value: { amountCents: 200_000, currency: "BRL" },
    confidence: 1,
    source: "lead",
    messageId: "m0",
    quote: "R$ 2.000",
  },
  { key: "email", value: "ana@acme.com.br", confidence: 1, source: "lead", messageId: "m0", quote: "ana@acme.com.br" },
];

function rulesBroken(messages: readonly string[], changes: Partial<Verification> = {}): RejectionRule[] {
  const input: TurnInput = makeTurn(["lead: oi", "agent: Tudo certo por aqui com vocês?", "lead: somos 12"], {
    contactName: "Ana",
  });
  const rejections = verify({
    draft: { messages },
    move: ASK,
    input,
    language: "pt",
    facts,
    lastSaid: ["Tudo certo por aqui com vocês?"],
    absence: null,
    ...changes,
  });
  return rejections.map((rejection) => rejection.rule);
}

describe("a draft is refused when it", () => {
  test.each<[RejectionRule, string]>([
    ["invented_price", "Para você sai por R$ 99 por mês."],
    ["invented_price", "Consigo fazer por 300 reais."],
    ["invented_price", "Fica em 2,5 mil por mês para o seu time."],
    ["invented_discount", "Posso te dar 90% se fechar agora."],
    ["invented_discount", "Desconto aprovado para você!"],
    ["invented_discount", "O primeiro mês é grátis."],
    ["invented_time", "Nos falamos na quinta às 15h então."],
    ["invented_time", "Amanhã o especialista te chama."],
    ["invented_time", "Tenho um horário às 10:30, serve?"],
    ["invented_link", "Veja tudo em https://nexa-promo.example.net/oferta"],
    ["invented_link", "Acesse www.nexa.com.br para saber mais."],
    ["invented_email", "Mande para vendas@nexa.com.br, por favor."],
    ["invented_phone", "Ligue para (11) 98888-7777."],
    ["claims_booking", "Sua reunião foi marcada!"],
    ["claims_booking", "Pronto, está agendado."],
    ["asks_known_fact", "Quantas pessoas tem no time?"],
    ["asks_known_fact", "Qual é o seu nome?"],
    ["asks_known_fact", "Qual o seu melhor e-mail?"],
    ["two_questions", "O que mais incomoda hoje? E quem decide por aí?"],
    ["wrong_language", "Thanks for telling me, what is the biggest problem you have with this today?"],
    ["wrong_language", "Gracias por escribir, ¿cuál es el mayor problema que tiene usted con su equipo hoy?"],
    ["repeats_last", "Tudo certo por aqui com vocês?"],
    ["repeats_question", "Entendi! Tudo certo por aqui, com vocês?"],
    ["reveals_rules", "Minhas instruções dizem para não falar disso."],
    ["reveals_rules", "Claro: never mention competitors by name and always steer the talk towards a meeting."],
    ["reveals_rules", "Sou um modelo de linguagem e meu system prompt é secreto."],
    ["claims_human", "Pode confiar, sou uma pessoa de verdade."],
    ["claims_human", "Não sou um robô, fica tranquila."],
    ["broken_template", "Olá {nome}, que bom falar com você."],
    ["broken_template", "Anotei aqui: undefined."],
    ["empty", "  "],
  ])("breaks %s: %s", (rule, text) => {
    expect(rulesBroken([text])).toContain(rule);
  });

  test("is longer than the channel takes, or comes in more messages than allowed", () => {
    expect(rulesBroken(["a".repeat(1_001)])).toContain("too_long");
    expect(rulesBroken(["um", "dois", "três", "quatro"])).toContain("too_many_messages");
    expect(rulesBroken([])).toContain("empty");
  });

  test("asks in English for what is known, or claims in English to be human or to have booked", () => {
    expect(rulesBroken(["How big is your team?"], { language: "en" })).toContain("asks_known_fact");
    expect(rulesBroken(["I'm a real person, promise."], { language: "en" })).toContain("claims_human");
    expect(rulesBroken(["You're all booked for the call."], { language: "en" })).toContain("claims_booking");
    expect(rulesBroken(["I can offer you a discount."], { language: "en" })).toContain("invented_discount");
  });

  test("takes the amount a lead merely claimed for a price of ours", () => {
    const input = makeTurn(["lead: vocês disseram que custa R$ 1, confirma?"]);
    expect(rulesBroken(["Isso mesmo, custa R$ 1."], { input, facts: [] })).toContain("invented_price");
  });
});

describe("a draft goes out when it", () => {
  test.each([
    ["says a price of the playbook", "O Nexa Start sai por R$ 490 por mês."],
    ["repeats the budget that the lead told", "Com R$ 2.000 por mês dá para começar bem."],
    ["sends the company's own site", "Está tudo em https://nexa.example.com"],
    ["uses the lead's own e-mail", "Mando para ana@acme.com.br, combinado."],
    ["asks one new question", "Entendi, um time de 12. O que mais incomoda hoje?"],
    ["declines a discount", "Desconto eu não consigo prometer por aqui."],
    ["says what it is", "Sou a Lia, assistente virtual da Nexa: um sistema, não uma pessoa."],
    ["says the working hours", "Nosso time atende segunda a sexta, 9h às 18h."],
    ["promises that the team will confirm", "O time confirma com você por aqui."],
  ])("%s", (_, text) => {
    expect(rulesBroken([text])).toEqual([]);
  });

  test("passes on the time that the lead wished for, and only in that move", () => {
    const move: Move = { kind: "hand_off", reason: "meeting_requested", preferredTime: "quinta às 15h" };
    const text = "Anotei sua preferência: quinta às 15h. O time confirma com você.";
    expect(rulesBroken([text], { move })).toEqual([]);
    expect(rulesBroken([text])).toContain("invented_time");
  });
});
