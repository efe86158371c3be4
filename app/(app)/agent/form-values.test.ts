import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkPlaybook } from "@/lib/domain/playbook-check.ts";
import { defaultPlaybook } from "@/lib/domain/playbook-default.ts";
import type { PlaybookContent } from "@/lib/domain/playbook.ts";
import { shapeOfFact } from "@/lib/domain/qualification-facts.ts";
import { FACT_KEYS } from "./fact-keys.ts";
import { findProblems } from "./form-problems.ts";
import { type FormValues, fromForm, readAmount, spokenAmount, toForm, writeAmount } from "./form-values.ts";
import { changedSections } from "./sections.ts";

const plain = defaultPlaybook({
  company: "Acme",
  sells: "Software",
  tone: "warm",
  locale: "pt-BR",
  timezone: "America/Sao_Paulo",
});

/** Something in every field, shown or not. */
const full: PlaybookContent = {
  ...plain,
  company: { name: "Acme", website: "https://acme.example" },
  offer: { summary: { pt: "A.", es: "B." }, benefits: [{ en: "C." }, { pt: "D." }], links: ["acme.com.br/x"] },
  prices: [
    { label: "Pro", amountCents: 150_050, currency: "BRL", period: "month", kind: "from" },
    { label: "Uma vez", amountCents: 9_900_000, currency: "USD", period: "once", kind: "exact" },
  ],
  faq: [{ triggers: ["prazo", "quanto tempo"], answer: { pt: "Dois dias." } }],
  customFacts: [{ key: "cnpj", label: "CNPJ", type: "text", cues: ["cnpj"] }],
  questions: {
    ...plain.questions,
    closing: [{ fact: "cnpj", wordings: { pt: ["Um?", "Dois?", "Três?"], en: ["One?"] } }],
  },
  objections: [{ kind: "no_time", answer: { pt: "Leva um minuto." } }],
  rules: ["Never push."],
  workingHours: {
    timezone: "America/Manaus",
    outside: "wait",
    openings: [
      { weekday: 0, opensAtMinute: 0, closesAtMinute: 1_440 },
      { weekday: 2, opensAtMinute: 480, closesAtMinute: 720 },
      { weekday: 2, opensAtMinute: 780, closesAtMinute: 1_095 },
    ],
  },
  handoff: { keywords: ["contrato"], maxUnknownQuestions: 3 },
  pacing: { debounceMs: 2_500, maxWaitMs: 90_000, maxUnanswered: 2, maxTurnsPerMinute: 9 },
  threshold: 71,
  optOutWords: ["chega"],
};

describe("the form", () => {
  test.each([
    ["the first playbook", plain],
    ["one with something in every field", full],
  ])("gives back %s as it was when nothing was written", (_, content) => {
    for (const locale of ["pt-BR", "en"]) expect(fromForm(toForm(content, locale), content)).toEqual(content);
  });

  test("takes what it does not show from the content it began with", () => {
    const changed = fromForm({ ...toForm(plain, "pt-BR"), agentName: " Lia " }, full);
    const { criteria, requiredFacts, customFacts, objections, rules, threshold } = full;
    expect(changed).toMatchObject({ criteria, requiredFacts, customFacts, objections, rules, threshold });
    expect(changed.agentName).toBe("Lia");
    expect(changed.pacing.maxTurnsPerMinute).toBe(9);
  });

  test("lets a text that was emptied go, and keeps the other languages", () => {
    const values = toForm(full, "pt-BR");
    const summary = { ...values.offer.summary, es: "  " };
    expect(fromForm({ ...values, offer: { ...values.offer, summary } }, full).offer.summary).toEqual({ pt: "A." });
  });

  test("offers facts that exist", () => {
    expect(FACT_KEYS.filter((key) => shapeOfFact(key, []) === null)).toEqual([]);
  });
});

describe("an amount", () => {
  test("is read as it was written, in both languages", () => {
    const cents = fc.integer({ min: 0, max: 10_000_000_000 });
    fc.assert(
      fc.property(cents, fc.constantFrom("pt-BR", "en"), (amountCents, locale) => {
        expect(readAmount(writeAmount(amountCents, locale))).toBe(amountCents);
      }),
    );
  });

  test.each([
    ["1.500,00", 150_000],
    ["1500", 150_000],
    ["R$ 99,90", 9_990],
    ["0", 0],
  ])("%j is %d cents", (written, cents) => {
    expect(readAmount(written)).toBe(cents);
  });

  test.each(["", "sob consulta", "-5", "10 a 20"])("is not in %j", (written) => {
    expect(readAmount(written)).toBeNaN();
    expect(spokenAmount({ amount: written, currency: "BRL" }, "pt-BR")).toBeNull();
  });
});

describe("a problem", () => {
  const values = toForm(full, "pt-BR");
  const emptied = { pt: "", en: "", es: "" };

  test("is there exactly when the server would find one", () => {
    expect(findProblems(values, full)).toEqual([]);
    expect(checkPlaybook(fromForm(values, full))).toEqual([]);
  });

  test.each<[string, Partial<FormValues>, string]>([
    ["the company's name", { company: { name: "", website: "" } }, "company.name"],
    ["the website", { company: { name: "A", website: "nada" } }, "company.website"],
    ["the summary, in the main language", { offer: { ...values.offer, summary: emptied } }, "offer.summary.pt"],
    ["a benefit", { offer: { ...values.offer, benefits: [emptied] } }, "offer.benefits.0.pt"],
    ["a link", { offer: { ...values.offer, links: [{ url: "" }] } }, "offer.links.0.url"],
    [
      "an amount",
      { prices: [{ label: "A", amount: "caro", currency: "BRL", period: "month", kind: "exact" }] },
      "prices.0.amount",
    ],
    ["an answer", { faq: [{ triggers: ["a"], answer: emptied }] }, "faq.0.answer.pt"],
    ["the debounce", { pacing: { ...values.pacing, debounceSeconds: Number.NaN } }, "pacing.debounceSeconds"],
    ["the longest wait", { pacing: { ...values.pacing, maxWaitSeconds: 1 } }, "pacing.maxWaitSeconds"],
  ])("shows at %s", (_, changes, path) => {
    const [first] = findProblems({ ...values, ...changes }, full);
    expect(first?.path.join(".")).toBe(path);
  });

  test("of a stretch of hours shows on its day", () => {
    const days = values.workingHours.days.with(2, [
      { opens: "08:00", closes: "12:00" },
      { opens: "14:00", closes: "13:00" },
    ]);
    const wrong = { ...values, workingHours: { ...values.workingHours, days } };
    expect(findProblems(wrong, full)).toEqual([{ path: ["workingHours", "days", 2, 1], problem: "out_of_range" }]);
  });

  test("of a wording shows where it was written, past the blank ones", () => {
    const wordings = { pt: ["Certo?", "", "Um? E dois?"], en: [""], es: [""] };
    const questions = { ...values.questions, problem: [{ fact: "problem", wordings }] };
    expect(findProblems({ ...values, questions }, full)).toEqual([
      { path: ["questions", "problem", 0, "wordings", "pt", 2], problem: "many_questions" },
    ]);
  });

  test("of a text that is too long shows in its language", () => {
    const summary = { pt: "Curto.", en: "x".repeat(2_001), es: "" };
    const answer = { pt: "x".repeat(1_001), en: "Short.", es: "" };
    const wordings = { pt: ["Certo?", ""], en: ["Ok?", "x".repeat(301)], es: [] };
    const changes = {
      offer: { ...values.offer, summary },
      faq: [{ triggers: ["a"], answer }],
      questions: { ...values.questions, problem: [{ fact: "problem", wordings }] },
    };
    const problems = findProblems({ ...values, ...changes }, full);
    expect(problems.map(({ path }) => path.join("."))).toEqual([
      "offer.summary.en",
      "faq.0.answer.pt",
      "questions.problem.0.wordings.en.1",
    ]);
  });

  test("never shows in a language that is not spoken", () => {
    const texts = { pt: "", en: "", es: "x".repeat(2_001) };
    const wordings = { pt: ["Certo?"], en: [], es: ["Um? E dois?", "x".repeat(301)] };
    const questions = { ...values.questions, problem: [{ fact: "problem", wordings }] };
    const offer = { ...values.offer, summary: texts };
    expect(findProblems({ ...values, questions, offer }, full)).toEqual([
      { path: ["offer", "summary", "pt"], problem: "empty" },
    ]);
  });
});

test("two states of the form differ in the sections that were written in", () => {
  const values = toForm(full, "pt-BR");
  expect(changedSections(values, toForm(full, "pt-BR"))).toEqual([]);
  expect(changedSections(values, { ...values, prices: [], optOutWords: [] })).toEqual(["voice", "prices"]);
  const reordered = values.prices.map(({ kind, period, currency, label, amount }) => {
    return { kind, period, currency, amount, label };
  });
  expect(changedSections(values, { ...values, prices: reordered })).toEqual([]);
  expect(changedSections(values, { ...values, prices: values.prices.toReversed() })).toEqual(["prices"]);
});
