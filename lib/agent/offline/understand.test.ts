import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FactValue } from "../../domain/qualification-facts.ts";
import { newQualification } from "../../domain/qualification-state.ts";
import { EVALUATION_PLAYBOOKS } from "../evaluation/playbooks.ts";
import { makeTurn } from "../turn-builder.ts";
import { detectLanguage } from "./language.ts";
import { CanonicalText } from "./text.ts";
import { understandOffline } from "./understand.ts";

function factsIn(text: string, pending?: string): Record<string, FactValue> {
  const state = { ...newQualification(), ...(pending === undefined ? {} : { pending }) };
  const { facts } = understandOffline(makeTurn([`lead: ${text}`], { state }));
  return Object.fromEntries(facts.map((fact) => [fact.key, fact.value]));
}

const reais = (amount: number) => ({ amountCents: amount * 100, currency: "BRL" });

describe("facts in free text", () => {
  test.each<[string, Record<string, FactValue>]>([
    ["Oi, meu nome é Carla", { name: "Carla" }],
    ["me chamo joão", { name: "joão" }],
    ["Sou o Pedro da Construtora Alfa", { name: "Pedro", company: "Construtora Alfa" }],
    ["Aqui é a Júlia", { name: "Júlia" }],
    ["my name is Anna", { name: "Anna" }],
    ["I'm Peter, founder of Blue Ridge", { name: "Peter", company: "Blue Ridge", decisionMaker: true }],
    ["sou a marina, gerente da loja azul", { name: "marina", company: "loja azul" }],
    ["sou dona de uma academia", { segment: "academia", decisionMaker: true }],
    ["temos uma imobiliária em Curitiba", { segment: "imobiliária", location: "Curitiba" }],
    ["somos 12 vendedores", { teamSize: 12 }],
    ["uma equipe de quinze pessoas", { teamSize: 15 }],
    ["we have 8 reps", { teamSize: 8 }],
    ["sou sozinha", { teamSize: 1 }],
    ["meu e-mail é Ana.Lima@Acme.com.br", { email: "ana.lima@acme.com.br" }],
    ["me liga no (11) 98765-4321", { phone: "11987654321" }],
    ["usamos o Pipedrive", { currentSolution: "Pipedrive" }],
    ["fazemos tudo na mão", { currentSolution: "na mão" }],
    ["temos um orçamento de R$ 3 mil", { monthlyBudget: reais(3_000) }],
    ["podemos investir até 1.500 por mês", { monthlyBudget: reais(1_500) }],
    ["os clientes chegam pelo insta", { channels: "instagram" }],
    ["quero começar ainda esse mês", { timeline: "ainda esse mês" }],
    ["eu que decido", { decisionMaker: true }],
    ["it's my call", { decisionMaker: true }],
  ])("%s", (text, facts) => {
    expect(factsIn(text)).toMatchObject(facts);
  });

  test.each<[string, string]>([
    ["faturamos 200 mil por mês", "monthlyBudget"],
    ["pagamos R$ 500 no sistema atual", "monthlyBudget"],
    ["perdemos 10 mil por mês", "monthlyBudget"],
    ["temos 300 clientes", "teamSize"],
    ["quero falar com um atendente", "teamSize"],
    ["vi o anúncio no Instagram", "company"],
    ["preciso falar com o diretor", "role"],
    ["sou da área comercial", "name"],
    ["Sou o João da Silva", "company"],
    ["I'm looking for a tool", "name"],
    ["queria saber o preço", "desiredOutcome"],
    ["qual é o problema de vocês?", "problem"],
  ])("%s tells no %s", (text, key) => {
    expect(factsIn(text)).not.toHaveProperty(key);
  });
});

describe("replies are read by the question they answer", () => {
  test.each<[string, string, FactValue]>([
    ["name", "Marina", "Marina"],
    ["name", "é o Beto", "Beto"],
    ["company", "Padaria Central", "Padaria Central"],
    ["company", "a empresa se chama Acme", "Acme"],
    ["teamSize", "uns 20", 20],
    ["teamSize", "só eu", 1],
    ["teamSize", "a dozen", 12],
    ["monthlyBudget", "uns 3 mil", reais(3_000)],
    ["monthlyBudget", "até 800", reais(800)],
    ["decisionMaker", "sim", true],
    ["decisionMaker", "comigo mesmo", true],
    ["decisionMaker", "eu e meu sócio", true],
    ["decisionMaker", "é com meu chefe", false],
    ["decisionMaker", "não", false],
    ["problem", "lentidão", "lentidão"],
    ["implication", "a gente perde venda", "a gente perde venda"],
    ["desiredOutcome", "mais tranquilidade", "mais tranquilidade"],
    ["meeting", "quinta às 15h", "quinta às 15h"],
    ["meeting", "tomorrow morning", "tomorrow morning"],
  ])("%s: %s", (goal, text, value) => {
    expect(factsIn(text, goal)).toMatchObject({ [goal === "meeting" ? "preferredTime" : goal]: value });
  });

  test.each<[string, string]>([
    ["name", "por quê?"],
    ["name", "ok"],
    ["company", "prefiro não dizer"],
    ["teamSize", "depende"],
    ["monthlyBudget", "não sei"],
    ["problem", "sim"],
    ["problem", "quanto custa?"],
    ["implication", "sei lá"],
    ["desiredOutcome", "quero falar com um atendente"],
    ["meeting", "ok"],
  ])("%s is not told by %s", (goal, text) => {
    expect(factsIn(text, goal)).not.toHaveProperty(goal === "meeting" ? "preferredTime" : goal);
  });

  test.each(["não sei", "prefiro não falar", "depende", "I'd rather not say", "not sure"])(
    "%s is a refusal: not to be asked again",
    (text) => {
      const state = { ...newQualification(), pending: "monthlyBudget" };
      expect(understandOffline(makeTurn([`lead: ${text}`], { state })).pendingReply).toBe("refused");
    },
  );
});

describe("quotes", () => {
  test("are exact, through slang, slips and accents", () => {
    const text = "Oieee, somos 12 vendedroes e usmos   PLANILHA; perdmeos vendas td mes!!";
    const { facts } = understandOffline(makeTurn([`lead: ${text}`]));
    expect(facts.length).toBeGreaterThan(2);
    for (const fact of facts) expect(text).toContain(fact.quote);
  });

  test("are a part of the message, whatever a lead types", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (noise) => {
        const text = `somos 12 ${noise} quanto custa? ${noise}`;
        const understanding = understandOffline(makeTurn([`lead: ${text}`]));
        const spoken = makeTurn([`lead: ${text}`]).messages[0]?.text ?? "";
        for (const found of [...understanding.facts, ...understanding.intents]) expect(spoken).toContain(found.quote);
      }),
      { numRuns: 60 },
    );
  });
});

describe("canonical text", () => {
  test.each([
    ["Vc tá bem?", "voce esta bem ?"],
    ["Obrigaaada!!", "obrigada ! !"],
    ["planlha", "planilha"],
    ["respodner", "responder"],
    ["Marina", "marina"],
    ["R$ 1.500,00", "r $ 1.500,00"],
  ])("%s -> %s", (written, canonical) => {
    expect(new CanonicalText(written).text).toBe(canonical);
  });
});

describe("language", () => {
  test.each([
    ["quanto custa?", "en", "pt"],
    ["How much is it?", "pt", "en"],
    ["Hola, ¿cuánto cuesta?", "pt", "es"],
    ["Bonjour, je voudrais savoir combien ça coûte, merci", "pt", "other"],
    ["ok", "pt", "pt"],
    ["12", "en", "en"],
    ["Marina", "pt", "pt"],
    ["preciso de um CRM com follow up", "pt", "pt"],
  ] as const)("%s after %s is %s", (text, previous, language) => {
    expect(detectLanguage(text, previous)).toBe(language);
  });

  test("once settled, a borrowed phrase changes nothing", () => {
    expect(detectLanguage("deixamos de vender por mes", "pt", true)).toBe("pt");
    expect(detectLanguage("the best", "pt", true)).toBe("pt");
    expect(detectLanguage("sorry, can you please write this in English for me?", "pt", true)).toBe("en");
  });
});

test("the playbook's own facts are read by their cues", () => {
  const customFacts = [
    { key: "units", label: "Units", type: "number" as const, cues: ["unidades", "lojas"] },
    { key: "hasErp", label: "ERP", type: "boolean" as const, cues: ["ERP"] },
  ];
  const playbook = { ...EVALUATION_PLAYBOOKS.nexa, customFacts };
  const { facts } = understandOffline(makeTurn(["lead: temos 4 lojas. Não usamos ERP"], { playbook }));
  expect(facts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ key: "units", value: 4 }),
      expect.objectContaining({ key: "hasErp", value: false }),
    ]),
  );
});
