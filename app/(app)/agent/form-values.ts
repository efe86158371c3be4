// The playbook as the form holds it: amounts and times as people write them, seconds, a text for every language. What the form does
// not show is taken from the content it began with.
import { z } from "zod";
import { formatMoney, parseAmount } from "@/lib/domain/money.ts";
import type { Language } from "@/lib/domain/playbook-language.ts";
import type { PlaybookContent, Price, Question } from "@/lib/domain/playbook.ts";

export const LANGUAGES = ["pt", "en", "es"] as const satisfies readonly Language[];
export const STAGES = ["situation", "problem", "implication", "needPayoff", "closing"] as const;
export type Stage = (typeof STAGES)[number];

/** An emptied box is no number; the check says so. */
const number = z.number().or(z.nan());
const localized = z.object({ pt: z.string(), en: z.string(), es: z.string() });
export type LocalizedText = z.infer<typeof localized>;

const wordings = z.array(z.string());
const question = z.object({ fact: z.string(), wordings: z.object({ pt: wordings, en: wordings, es: wordings }) });
const price = z.object({
  label: z.string(),
  amount: z.string(),
  currency: z.string(),
  period: z.enum(["once", "month", "year"]),
  kind: z.enum(["exact", "from"]),
});
const span = z.object({ opens: z.string(), closes: z.string() });
export type Span = z.infer<typeof span>;

export const formShape = z.object({
  company: z.object({ name: z.string(), website: z.string() }),
  agentName: z.string(),
  tone: z.enum(["warm", "formal", "direct"]),
  languages: z.array(z.enum(LANGUAGES)),
  offer: z.object({
    summary: localized,
    benefits: z.array(localized),
    links: z.array(z.object({ url: z.string() })),
  }),
  prices: z.array(price),
  questions: z.object({
    situation: z.array(question),
    problem: z.array(question),
    implication: z.array(question),
    needPayoff: z.array(question),
    closing: z.array(question),
  }),
  faq: z.array(z.object({ triggers: z.array(z.string()), answer: localized })),
  workingHours: z.object({
    timezone: z.string(),
    outside: z.enum(["answer", "announce", "wait"]),
    /** Sunday first; a day without spans is closed. */
    days: z.array(z.array(span)),
  }),
  handoff: z.object({ keywords: z.array(z.string()), maxUnknownQuestions: number }),
  pacing: z.object({ debounceSeconds: number, maxWaitSeconds: number, maxUnanswered: number }),
  optOutWords: z.array(z.string()),
});
export type FormValues = z.infer<typeof formShape>;

export const NO_TEXT: LocalizedText = { pt: "", en: "", es: "" };
export const NO_QUESTION: FormValues["questions"][Stage][number] = {
  fact: "problem",
  wordings: { pt: ["", ""], en: ["", ""], es: ["", ""] },
};

const SECOND_MS = 1_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1_440;
/** A wording, and another for a lead who did not answer the first. */
const WORDINGS = 2;

/** `locale` writes the amounts. */
export function toForm(content: PlaybookContent, locale: string): FormValues {
  const { company, offer, questions, workingHours, handoff, pacing } = content;
  return {
    company: { name: company.name, website: company.website ?? "" },
    agentName: content.agentName,
    tone: content.tone,
    languages: content.languages,
    offer: {
      summary: { ...NO_TEXT, ...offer.summary },
      benefits: offer.benefits.map((benefit) => ({ ...NO_TEXT, ...benefit })),
      links: offer.links.map((url) => ({ url })),
    },
    prices: content.prices.map((one) => priceToForm(one, locale)),
    questions: eachStage((stage) => questions[stage].map(questionToForm)),
    faq: content.faq.map(({ triggers, answer }) => ({ triggers, answer: { ...NO_TEXT, ...answer } })),
    workingHours: {
      timezone: workingHours.timezone,
      outside: workingHours.outside,
      days: daysOf(workingHours.openings),
    },
    handoff,
    pacing: {
      debounceSeconds: pacing.debounceMs / SECOND_MS,
      maxWaitSeconds: pacing.maxWaitMs / SECOND_MS,
      maxUnanswered: pacing.maxUnanswered,
    },
    optOutWords: content.optOutWords,
  };
}

/** What `values` say, on top of what `base` has and the form does not show. An amount or a time that cannot be read is NaN. */
export function fromForm(values: FormValues, base: PlaybookContent): PlaybookContent {
  const { company, offer, workingHours, handoff, pacing } = values;
  const website = company.website.trim();
  return {
    ...base,
    company: { name: company.name.trim(), ...(website === "" ? {} : { website }) },
    agentName: values.agentName.trim(),
    tone: values.tone,
    languages: values.languages,
    offer: {
      summary: writtenOf(offer.summary),
      benefits: offer.benefits.map(writtenOf),
      links: offer.links.map(({ url }) => url.trim()),
    },
    prices: values.prices.map(priceFromForm),
    questions: eachStage((stage) => values.questions[stage].map(questionFromForm)),
    faq: values.faq.map(({ triggers, answer }) => ({ triggers, answer: writtenOf(answer) })),
    workingHours: {
      timezone: workingHours.timezone,
      outside: workingHours.outside,
      openings: workingHours.days.flatMap((spans, weekday) => spans.map((one) => openingOf(one, weekday))),
    },
    handoff: { keywords: handoff.keywords, maxUnknownQuestions: handoff.maxUnknownQuestions },
    pacing: {
      ...base.pacing,
      debounceMs: Math.round(pacing.debounceSeconds * SECOND_MS),
      maxWaitMs: Math.round(pacing.maxWaitSeconds * SECOND_MS),
      maxUnanswered: pacing.maxUnanswered,
    },
    optOutWords: values.optOutWords,
  };
}

/** `1.500` or `1.500,50` in Portuguese; empty for what is no amount. */
export function writeAmount(amountCents: number, locale: string): string {
  if (!Number.isFinite(amountCents)) return "";
  const digits = amountCents % 100 === 0 ? 0 : 2;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    amountCents / 100,
  );
}

/** In cents; NaN when it cannot be read. A currency before the number is let pass. */
export function readAmount(written: string): number {
  const amount = parseAmount(written.replaceAll(/^[^\d.,-]+|\s/g, ""));
  return amount === null ? Number.NaN : Math.round(amount * 100);
}

/** The price as money, as the agent writes it; null while it cannot be read. */
export function spokenAmount(
  { amount, currency }: { amount: string; currency: string },
  locale: string,
): string | null {
  const amountCents = readAmount(amount);
  return Number.isNaN(amountCents) ? null : formatMoney({ amountCents, currency }, locale);
}

function priceToForm({ amountCents, ...rest }: Price, locale: string): FormValues["prices"][number] {
  return { ...rest, amount: writeAmount(amountCents, locale) };
}

function priceFromForm({ label, amount, currency, period, kind }: FormValues["prices"][number]): Price {
  return { label: label.trim(), amountCents: readAmount(amount), currency, period, kind };
}

function questionToForm({ fact, wordings: written }: Question): FormValues["questions"][Stage][number] {
  const padded = (language: Language) => {
    const own = written[language] ?? [];
    return [...own, ...Array.from({ length: Math.max(0, WORDINGS - own.length) }, () => "")];
  };
  return { fact, wordings: { pt: padded("pt"), en: padded("en"), es: padded("es") } };
}

function questionFromForm({ fact, wordings: written }: FormValues["questions"][Stage][number]): Question {
  const entries = LANGUAGES.map((language) => [language, written[language].map(trimmed).filter(Boolean)] as const);
  return { fact, wordings: Object.fromEntries(entries.filter(([, texts]) => texts.length > 0)) };
}

function writtenOf(text: LocalizedText): Partial<LocalizedText> {
  const entries = LANGUAGES.map((language) => [language, text[language].trim()] as const);
  return Object.fromEntries(entries.filter(([, words]) => words !== ""));
}

function daysOf(openings: PlaybookContent["workingHours"]["openings"]): Span[][] {
  return Array.from({ length: 7 }, (_, weekday) =>
    openings
      .filter((opening) => opening.weekday === weekday)
      .toSorted((left, right) => left.opensAtMinute - right.opensAtMinute)
      .map(({ opensAtMinute, closesAtMinute }) => ({ opens: clock(opensAtMinute), closes: clock(closesAtMinute) })),
  );
}

/** Closing at 00:00 is the end of the day. */
function openingOf({ opens, closes }: Span, weekday: number) {
  const closesAtMinute = minuteOf(closes);
  return {
    weekday,
    opensAtMinute: minuteOf(opens),
    closesAtMinute: closesAtMinute === 0 ? DAY_MINUTES : closesAtMinute,
  };
}

function clock(minute: number): string {
  const ofDay = minute % DAY_MINUTES;
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(ofDay / HOUR_MINUTES))}:${two(ofDay % HOUR_MINUTES)}`;
}

function minuteOf(written: string): number {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(written) ?? [];
  return Number(hours) * HOUR_MINUTES + Number(minutes);
}

function trimmed(text: string): string {
  return text.trim();
}

function eachStage<T>(make: (stage: Stage) => T): Record<Stage, T> {
  return {
    situation: make("situation"),
    problem: make("problem"),
    implication: make("implication"),
    needPayoff: make("needPayoff"),
    closing: make("closing"),
  };
}
