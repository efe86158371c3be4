// The texts of a playbook: what is missing, too long, or not what its field is for.
import type { Language } from "./playbook-language.ts";
import { MAX_PLAYBOOK_ENTRIES, MAX_PLAYBOOK_SIZE, PLAYBOOK_LENGTHS } from "./playbook-limits.ts";
import type { PlaybookProblem } from "./playbook-problem.ts";
import type { PlaybookContent } from "./playbook.ts";

type Texts = Readonly<Partial<Record<Language, string | readonly string[]>>>;
type Written = { path: string; text: string; most: number };

/** With or without a scheme: people write `acme.com.br/planos`. */
const LINK = /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)*(?:\.\p{L}{2,})(?::\d+)?(?:[/?#]\S*)?$/iu;

export function checkTexts(playbook: PlaybookContent): PlaybookProblem[] {
  const required = [...listNames(playbook), ...listEntries(playbook)];
  const links = listLinks(playbook);
  return [
    ...[...required, ...links].filter(isBlank).map(({ path }) => ({ path, problem: "empty" as const })),
    ...[...required, ...links, ...listAllowed(playbook)]
      .filter(({ text, most }) => text.length > most)
      .map(({ path }) => ({ path, problem: "too_long" as const })),
    ...links
      .filter((link) => !isBlank(link) && !LINK.test(link.text.trim()))
      .map(({ path }) => ({ path, problem: "not_link" as const })),
    ...checkLists(playbook),
    ...checkSize(playbook),
  ];
}

function listNames({ company, agentName, prices }: PlaybookContent): Written[] {
  return [
    { path: "company.name", text: company.name, most: 120 },
    { path: "agentName", text: agentName, most: PLAYBOOK_LENGTHS.name },
    ...prices.map(({ label }, at) => ({ path: `prices.${at}.label`, text: label, most: PLAYBOOK_LENGTHS.name })),
  ];
}

/**
 * Texts that must be there in one of the languages that the agent speaks: the longest stands for all. What is left of a language
 * that was switched off is said to nobody, and is looked at when it is spoken again.
 */
function listEntries({ languages, offer, faq, questions }: PlaybookContent): Written[] {
  const { summary, text, question } = PLAYBOOK_LENGTHS;
  const spoken = (texts: Texts) => languages.map((language) => texts[language] ?? []);
  // Where no language is spoken, that alone is what is wrong.
  const longest = (texts: Texts) => longestOf((languages.length === 0 ? Object.values(texts) : spoken(texts)).flat());
  return [
    { path: "offer.summary", text: longest(offer.summary), most: summary },
    ...offer.benefits.map((benefit, at) => ({ path: `offer.benefits.${at}`, text: longest(benefit), most: text })),
    ...faq.map(({ answer }, at) => ({ path: `faq.${at}.answer`, text: longest(answer), most: text })),
    ...faq.map(({ triggers }, at) => ({ path: `faq.${at}.triggers`, text: triggers.join(""), most: Infinity })),
    ...Object.entries(questions).flatMap(([stage, asked]) =>
      asked.map(({ wordings }, at) => ({
        path: `questions.${stage}.${at}.wordings`,
        text: longest(wordings),
        most: question,
      })),
    ),
  ];
}

function listLinks({ company: { website }, offer: { links } }: PlaybookContent): Written[] {
  const most = PLAYBOOK_LENGTHS.link;
  return [
    ...(website === undefined ? [] : [{ path: "company.website", text: website, most }]),
    ...links.map((text, at) => ({ path: `offer.links.${at}`, text, most })),
  ];
}

function listAllowed({ faq, handoff, optOutWords }: PlaybookContent): Written[] {
  const most = PLAYBOOK_LENGTHS.word;
  return [
    ...faq.map(({ triggers }, at) => ({ path: `faq.${at}.triggers`, text: longestOf(triggers), most })),
    { path: "handoff.keywords", text: longestOf(handoff.keywords), most },
    { path: "optOutWords", text: longestOf(optOutWords), most },
  ];
}

function checkLists({ offer, prices, faq, questions, handoff, optOutWords }: PlaybookContent): PlaybookProblem[] {
  const { benefits, links } = offer;
  const lists = {
    "offer.benefits": benefits,
    "offer.links": links,
    prices,
    faq,
    ...Object.fromEntries(Object.entries(questions).map(([stage, asked]) => [`questions.${stage}`, asked])),
    "handoff.keywords": handoff.keywords,
    optOutWords,
  };
  return Object.entries(lists)
    .filter(([, { length }]) => length > MAX_PLAYBOOK_ENTRIES)
    .map(([path]) => ({ path, problem: "too_many" }));
}

function checkSize(playbook: PlaybookContent): PlaybookProblem[] {
  return JSON.stringify(playbook).length > MAX_PLAYBOOK_SIZE ? [{ path: "", problem: "too_long" }] : [];
}

function isBlank({ text }: Written): boolean {
  return text.trim() === "";
}

function longestOf(texts: readonly string[]): string {
  return texts.reduce((found, text) => (text.trim().length > found.trim().length ? text : found), "");
}
