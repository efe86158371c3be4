// Answers to leads' questions, made only of what the playbook says.
import { formatMoney } from "../domain/money.ts";
import type { Language } from "../domain/playbook-language.ts";
import type { PlaybookContent, Price } from "../domain/playbook.ts";
import { describeHours } from "./hours-text.ts";
import { PHRASES } from "./offline/phrases.ts";
import { CanonicalText } from "./offline/text.ts";
import type { Answer, Understanding } from "./types.ts";

export const LOCALES: Readonly<Record<Language, string>> = { pt: "pt-BR", en: "en-US", es: "es-419" };

/** A written answer (an FAQ) goes before what could be put together from prices, hours and links. */
export function answerFor(
  question: NonNullable<Understanding["question"]>,
  playbook: PlaybookContent,
  language: Language,
): Answer {
  const faq = findFaq(question.quote, playbook, language);
  if (faq !== null) return { source: "faq", text: faq };
  switch (question.topic) {
    case "identity":
    case "privacy":
      return { source: question.topic };
    case "discount":
      return { source: "no_discount" };
    case "price":
      return playbook.prices.length > 0
        ? { source: "prices", lines: playbook.prices.map((price) => describePrice(price, language)) }
        : { source: "price_by_team" };
    case "hours":
      return { source: "hours", text: describeHours(playbook.workingHours, language) };
    case "link":
      return linkAnswer(playbook);
    case "offer":
      return offerAnswer(playbook, language);
    case "other":
      return { source: "unknown" };
  }
}

/** `Plano Time: R$ 890 por mês`. */
function describePrice(price: Price, language: Language): string {
  const words = PHRASES[language];
  const amount = formatMoney(price, LOCALES[language]);
  const start = price.kind === "from" ? `${words.from} ${amount}` : amount;
  return `${price.label}: ${start}${words.period[price.period]}`;
}

function offerAnswer(playbook: PlaybookContent, language: Language): Answer {
  const summary = playbook.offer.summary[language];
  if (summary === undefined) return { source: "offer_by_team" };
  const benefit = playbook.offer.benefits[0]?.[language];
  return { source: "offer", text: benefit === undefined ? summary : `${summary} ${benefit}` };
}

function linkAnswer(playbook: PlaybookContent): Answer {
  const url = playbook.company.website ?? playbook.offer.links[0];
  return url === undefined ? { source: "unknown" } : { source: "link", url };
}

function findFaq(question: string, playbook: PlaybookContent, language: Language): string | null {
  const words = ` ${new CanonicalText(question).text} `;
  const faq = playbook.faq.find(
    ({ triggers, answer }) => answer[language] !== undefined && triggers.some((trigger) => isAskedBy(words, trigger)),
  );
  return faq?.answer[language] ?? null;
}

/** Every word of the trigger begins a word of the question: "integra" also meets "integração". */
function isAskedBy(words: string, trigger: string): boolean {
  const needed = new CanonicalText(trigger).text.split(" ").filter((word) => word !== "");
  return needed.length > 0 && needed.every((word) => words.includes(` ${word}`));
}
