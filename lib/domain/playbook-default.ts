// The first playbook of an organization, from what the short first run asks.
import { type Language, languageOfLocale } from "./playbook-language.ts";
import { DEFAULT_QUESTIONS } from "./playbook-questions.ts";
import type { PlaybookContent } from "./playbook.ts";
import { officeHours } from "./working-hours.ts";

export type FirstRun = {
  company: string;
  /** What the company sells, in the words of whoever signed up, in the language of `locale`. */
  sells: string;
  tone: PlaybookContent["tone"];
  locale: string;
  timezone: string;
};

/** What the score calls its reasons: people read them, so they are in their language. */
const CRITERIA = {
  pt: { decides: "Decide a compra", company: "Empresa conhecida", team: "Time de duas pessoas ou mais" },
  en: { decides: "Decision maker", company: "Company known", team: "Team of two or more" },
  es: { decides: "Decide la compra", company: "Empresa conocida", team: "Equipo de dos personas o más" },
} as const satisfies Record<Language, Record<string, string>>;

/** A complete, usable playbook: no prices may be said yet, questions are the general ones, office hours. */
export function defaultPlaybook(firstRun: FirstRun): PlaybookContent {
  const language = languageOfLocale(firstRun.locale);
  const labels = CRITERIA[language];
  return {
    company: { name: firstRun.company.trim() },
    agentName: language === "en" ? "Ivy" : "Bia",
    offer: { summary: { [language]: sentence(firstRun.sells) }, benefits: [], links: [] },
    prices: [],
    faq: [],
    criteria: [
      { label: labels.decides, fact: "decisionMaker", test: { kind: "is", value: true }, weight: 3, need: "wanted" },
      { label: labels.company, fact: "company", test: { kind: "known" }, weight: 2, need: "wanted" },
      { label: labels.team, fact: "teamSize", test: { kind: "at_least", value: 2 }, weight: 2, need: "wanted" },
    ],
    questions: DEFAULT_QUESTIONS,
    requiredFacts: ["name", "company", "decisionMaker"],
    customFacts: [],
    objections: [],
    rules: [],
    tone: firstRun.tone,
    languages: language === "pt" ? ["pt", "en"] : [language, ...(language === "en" ? [] : ["en" as const])],
    workingHours: officeHours(firstRun.timezone),
    handoff: { keywords: [], maxUnknownQuestions: 2 },
    pacing: { debounceMs: 8_000, maxWaitMs: 60_000, maxUnanswered: 3, maxTurnsPerMinute: 6 },
    threshold: 60,
    optOutWords: [],
  };
}

/** Ends in one full stop, so that templates can put it in a row with others. */
function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
