import { describe, expect, test } from "vitest";
import { checkPlaybook } from "./playbook-check.ts";
import { defaultPlaybook } from "./playbook-default.ts";
import { languageOfLocale } from "./playbook-language.ts";
import { DEFAULT_QUESTIONS } from "./playbook-questions.ts";
import type { PlaybookContent } from "./playbook.ts";

const firstRun = {
  company: "Acme",
  sells: "Software de gestão",
  tone: "warm",
  locale: "pt-BR",
  timezone: "America/Sao_Paulo",
} as const;
const playbook = defaultPlaybook(firstRun);

describe("the first playbook", () => {
  test("can be published as it is, in every locale we serve", () => {
    for (const locale of ["pt-BR", "en", "en-GB", "es-MX", "de"])
      expect(checkPlaybook(defaultPlaybook({ ...firstRun, locale }))).toEqual([]);
  });

  test("says what the company sells, in the language it was written in and no other", () => {
    expect(playbook.offer.summary).toEqual({ pt: "Software de gestão." });
    expect(defaultPlaybook({ ...firstRun, sells: "Software!", locale: "en" }).offer.summary).toEqual({
      en: "Software!",
    });
  });

  test("may say no price, no link and no discount until somebody writes one", () => {
    expect(playbook).toMatchObject({ prices: [], faq: [], objections: [], offer: { links: [] } });
  });

  test("serves the team's own language first", () => {
    expect(playbook.languages).toEqual(["pt", "en"]);
    expect(defaultPlaybook({ ...firstRun, locale: "en-US" }).languages).toEqual(["en"]);
    expect(defaultPlaybook({ ...firstRun, locale: "es" }).languages).toEqual(["es", "en"]);
  });

  test("keeps office hours of the organization's zone", () => {
    expect(playbook.workingHours.timezone).toBe("America/Sao_Paulo");
    expect(playbook.workingHours.openings.map((opening) => opening.weekday)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("the general questions", () => {
  const questions = Object.values(DEFAULT_QUESTIONS).flat();

  test.each(["pt", "en"] as const)("have two different wordings in %s, each one question", (language) => {
    for (const { wordings } of questions) {
      const [first, second] = wordings[language] ?? [];
      expect(first).toBeDefined();
      expect(second).toBeDefined();
      expect(first).not.toBe(second);
      for (const wording of [first, second]) expect(wording?.match(/\?/g)).toHaveLength(1);
    }
  });

  test("ask for each fact once", () => {
    const facts = questions.map((question) => question.fact);
    expect(new Set(facts).size).toBe(facts.length);
  });
});

describe("a playbook cannot be published when", () => {
  const changed = (changes: Partial<PlaybookContent>) => checkPlaybook({ ...playbook, ...changes });
  const { pacing, workingHours } = playbook;

  test.each<[string, Partial<PlaybookContent>, string, string]>([
    ["the company has no name", { company: { name: " " } }, "company.name", "empty"],
    ["the agent has no name", { agentName: "" }, "agentName", "empty"],
    ["no language is served", { languages: [] }, "languages", "empty"],
    [
      "the zone is not one",
      { workingHours: { ...workingHours, timezone: "Brazil" + "/Nowhere" } },
      "workingHours.timezone",
      "unknown",
    ],
    ["the threshold is above 100", { threshold: 101 }, "threshold", "out_of_range"],
    ["the threshold is not whole", { threshold: 59.5 }, "threshold", "out_of_range"],
    [
      "the debounce is longer than two minutes",
      { pacing: { ...pacing, debounceMs: 120_001, maxWaitMs: 200_000 } },
      "pacing.debounceMs",
      "out_of_range",
    ],
    [
      "the longest wait is shorter than the debounce",
      { pacing: { ...pacing, maxWaitMs: 7_999 } },
      "pacing.maxWaitMs",
      "out_of_range",
    ],
    [
      "the agent may not send a message",
      { pacing: { ...pacing, maxUnanswered: 0 } },
      "pacing.maxUnanswered",
      "out_of_range",
    ],
    [
      "no turn is allowed in a minute",
      { pacing: { ...pacing, maxTurnsPerMinute: 0 } },
      "pacing.maxTurnsPerMinute",
      "out_of_range",
    ],
    [
      "no unknown question is let pass",
      { handoff: { keywords: [], maxUnknownQuestions: 0 } },
      "handoff.maxUnknownQuestions",
      "out_of_range",
    ],
    [
      "a price is negative",
      { prices: [{ label: "A", amountCents: -1, currency: "BRL", period: "month", kind: "exact" }] },
      "prices.0.amountCents",
      "out_of_range",
    ],
    [
      "a price has half a cent",
      { prices: [{ label: "A", amountCents: 0.5, currency: "BRL", period: "once", kind: "from" }] },
      "prices.0.amountCents",
      "out_of_range",
    ],
    ["a required fact does not exist", { requiredFacts: ["shoeSize"] }, "requiredFacts.0", "unknown"],
    [
      "a criterion is about nothing",
      { criteria: [{ label: "x", fact: "shoeSize", test: { kind: "known" }, weight: 1, need: "wanted" }] },
      "criteria.0.fact",
      "unknown",
    ],
  ])("%s", (_, changes, path, problem) => {
    expect(changed(changes)).toEqual([{ path, problem }]);
  });

  test("what was written in a language that is not spoken neither offends nor counts", () => {
    const summary = { pt: "Software.", es: "x".repeat(2_001) };
    const wordings = { pt: ["Certo?"], es: ["¿Uno? ¿Y dos?"] };
    const questions = { ...playbook.questions, problem: [{ fact: "problem", wordings }] };
    const offer = { ...playbook.offer, summary };
    expect(changed({ offer, questions })).toEqual([]);
    expect(changed({ offer, questions, languages: ["es"] }).map(({ path }) => path)).toEqual(
      expect.arrayContaining(["offer.summary", "questions.problem.0.wordings.es.0"]),
    );
    expect(changed({ offer: { ...offer, summary: { es: "Programas." } } })).toEqual([
      { path: "offer.summary", problem: "empty" },
    ]);
  });

  test.each([
    ["a weekday is not one", { weekday: 7, opensAtMinute: 0, closesAtMinute: 60 }],
    ["it closes before it opens", { weekday: 1, opensAtMinute: 600, closesAtMinute: 600 }],
    ["it closes after midnight", { weekday: 1, opensAtMinute: 600, closesAtMinute: 1_441 }],
    ["it opens before midnight", { weekday: 1, opensAtMinute: -1, closesAtMinute: 60 }],
  ])("%s", (_, opening) => {
    expect(changed({ workingHours: { ...workingHours, openings: [opening] } })).toEqual([
      { path: "workingHours.openings.0", problem: "out_of_range" },
    ]);
  });

  const summary = { pt: "Software." };
  const price = { label: "A", amountCents: 1, currency: "BRL", period: "month", kind: "exact" } as const;
  const long = (length: number) => "x".repeat(length);

  test.each<[string, Partial<PlaybookContent>, string, string]>([
    ["the offer is not described", { offer: { summary: {}, benefits: [], links: [] } }, "offer.summary", "empty"],
    ["a benefit is blank", { offer: { summary, benefits: [{ pt: " " }], links: [] } }, "offer.benefits.0", "empty"],
    ["a link is no link", { offer: { summary, benefits: [], links: ["ask me"] } }, "offer.links.0", "not_link"],
    ["the website is no link", { company: { name: "Acme", website: "acme" } }, "company.website", "not_link"],
    ["a price has no label", { prices: [{ ...price, label: "" }] }, "prices.0.label", "empty"],
    ["a currency cannot be written", { prices: [{ ...price, currency: "R$" }] }, "prices.0.currency", "unknown"],
    ["an answer is empty", { faq: [{ triggers: ["prazo"], answer: { pt: "" } }] }, "faq.0.answer", "empty"],
    ["an answer is to nothing", { faq: [{ triggers: [], answer: { pt: "Sim." } }] }, "faq.0.triggers", "empty"],
    [
      "a question has no words",
      { questions: { ...playbook.questions, closing: [{ fact: "name", wordings: { pt: [""] } }] } },
      "questions.closing.0.wordings",
      "empty",
    ],
    ["a name is endless", { agentName: long(81) }, "agentName", "too_long"],
    ["a word is a novel", { optOutWords: ["sair", long(61)] }, "optOutWords", "too_long"],
    ["there are too many prices", { prices: Array.from({ length: 61 }, () => price) }, "prices", "too_many"],
    ["all of it is too much", { rules: [long(200_000)] }, "", "too_long"],
  ])("%s", (_, changes, path, problem) => {
    expect(changed(changes)).toEqual([{ path, problem }]);
  });

  test.each(["https://acme.com.br/planos?a=1", "acme.com.br", "http://acme.example:8080", "www.acme.io#x"])(
    "unless its links are links, such as %s",
    (link) => {
      expect(changed({ company: { name: "Acme", website: link } })).toEqual([]);
    },
  );

  test("a wording asks two things at once", () => {
    const problem = [{ fact: "problem", wordings: { pt: ["O que incomoda? E quanto custa?"] } }];
    expect(changed({ questions: { ...playbook.questions, problem } })).toEqual([
      { path: "questions.problem.0.wordings.pt.0", problem: "many_questions" },
    ]);
  });

  test("a question is about an unknown fact, unless the playbook declares it", () => {
    const questions = { ...playbook.questions, closing: [{ fact: "cnpj", wordings: { pt: ["Qual é o CNPJ?"] } }] };
    const customFacts = [{ key: "cnpj", label: "CNPJ", type: "text" as const, cues: ["cnpj"] }];
    expect(changed({ questions })).toEqual([{ path: "questions.closing.0.fact", problem: "unknown" }]);
    expect(changed({ questions, customFacts })).toEqual([]);
  });
});

test.each([
  ["pt-BR", "pt"],
  ["pt_PT", "pt"],
  ["ES-419", "es"],
  ["en-US", "en"],
  ["fr", "en"],
  ["", "en"],
])("locale %j speaks %s", (locale, language) => {
  expect(languageOfLocale(locale)).toBe(language);
});
