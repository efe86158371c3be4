// Prices, discounts, times and addresses in a draft must come from the playbook or from what the lead told as a fact.
// What a lead merely claims ("you said it costs R$ 1") is not a source.
import { parseMoney } from "../domain/money.ts";
import type { PlaybookContent } from "../domain/playbook.ts";
import { describeHours } from "./hours-text.ts";
import { fold, phrases } from "./offline/text.ts";
import type { Rejection } from "./types.ts";
import type { Verification } from "./verification.ts";

const URL_PATTERN =
  /(?:https?:\/\/|www\.)[^\s)>\]]+|(?<![@\w.])[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|app|ai|co|dev|me|link|ly|shop|store|site|online)(?:\.br)?(?:\/[^\s)>\]]*)?(?![\w@])/giu;
const EMAIL_PATTERN = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const PHONE_PATTERN = /(?<![\d.,$])\+?(?:\d[\s().-]?){8,15}(?!\d)/g;
const PERCENT_PATTERN = /\d+(?:[.,]\d+)?\s?%|\d+ (?:por cento|percent|por ciento)/gi;
const GIFT_PATTERN = phrases(
  "gratis|de graca|gratuit[oa]s?|cortesia|brinde|cupom|free|complimentary|coupon|discount(?:ed)?|desconto|descuento|promocao|metade do preco|half (?:the )?price",
);
const NO_GIFT = phrases("nao|nem|sobre desconto|no|not|can't|cannot|don't|discounts are");
const TIME_PATTERN = phrases(
  "\\d{1,2} ?h(?:s|rs|oras?)?(?: ?\\d{2})?|\\d{1,2}:\\d{2}(?: ?[ap]m)?|\\d{1,2} ?[ap]m|(?:meio ?-?dia|noon|midday)",
  "(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)(?:-feira)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lunes|martes|miercoles|jueves|viernes)",
  "amanha|depois de amanha|tomorrow|semana que vem|proxima semana|next week|\\d{1,2}\\/\\d{1,2}(?:\\/\\d{2,4})?|dia \\d{1,2}",
);

/** Everything in `text` that has no source. */
export function findInventions(text: string, verification: Verification): Rejection[] {
  const sources = sourcesOf(verification);
  return [
    ...inventedPrices(text, sources, verification),
    ...inventedDiscounts(text, sources),
    ...inventedTimes(text, verification),
    ...missingFrom("invented_link", withoutEmails(text).matchAll(URL_PATTERN), sources, (url) =>
      fold(url).replace(/[.,;!?]+$/, ""),
    ),
    ...missingFrom("invented_email", text.matchAll(EMAIL_PATTERN), sources, (email) => fold(email).replace(/\.$/, "")),
    ...inventedPhones(text, sources),
  ];
}

/** All text of the playbook that may be repeated, and the lead's facts in their own words. */
function sourcesOf({ input, facts }: Verification): string {
  const { playbook } = input;
  const told = facts.flatMap((fact) => [fact.quote ?? "", typeof fact.value === "object" ? "" : String(fact.value)]);
  return fold([...sayableTexts(playbook), ...told].join("\n"));
}

function sayableTexts(playbook: PlaybookContent): string[] {
  const texts = [
    playbook.offer.summary,
    ...playbook.offer.benefits,
    ...playbook.faq.map((faq) => faq.answer),
    ...playbook.objections.map((objection) => objection.answer),
  ].flatMap((text) => Object.values(text));
  const questions = Object.values(playbook.questions)
    .flat()
    .flatMap((question) => Object.values(question.wordings).flat());
  return [
    ...texts,
    ...questions,
    ...playbook.prices.map((price) => price.label),
    playbook.company.website ?? "",
    ...playbook.offer.links,
  ];
}

function inventedPrices(text: string, sources: string, { input, facts }: Verification): Rejection[] {
  const currency = input.playbook.prices[0]?.currency ?? "BRL";
  const known = new Set([
    ...input.playbook.prices.map((price) => price.amountCents),
    ...parseMoney(sources, currency).map((mention) => mention.money.amountCents),
    ...facts.map((fact) => (typeof fact.value === "object" ? fact.value.amountCents : -1)),
  ]);
  return parseMoney(text, currency)
    .filter((mention) => mention.explicitCurrency || /mil\b|k$/i.test(text.slice(mention.start, mention.end)))
    .filter((mention) => !known.has(mention.money.amountCents))
    .map((mention) => ({ rule: "invented_price", excerpt: text.slice(mention.start, mention.end) }));
}

function inventedDiscounts(text: string, sources: string): Rejection[] {
  const percents = missingFrom("invented_discount", text.matchAll(PERCENT_PATTERN), sources, fold);
  const sentences = fold(text).split(/[.!?\n]/);
  const gifts = sentences.flatMap((sentence) => {
    const gift = sentence.matchAll(GIFT_PATTERN).next().value?.[0];
    const isRefused = !sentence.matchAll(NO_GIFT).next().done;
    return gift === undefined || isRefused || sources.includes(gift) ? [] : [gift];
  });
  return [...percents, ...gifts.map((gift): Rejection => ({ rule: "invented_discount", excerpt: gift }))];
}

/**
 * Hours of the playbook may be said; a time the lead wished for only as the wish that is passed on. Times in facts (a
 * deadline, an earlier wish) are no offer.
 */
function inventedTimes(text: string, { input, move, absence, language }: Verification): Rejection[] {
  const wish = move.kind === "hand_off" ? (move.preferredTime ?? "") : "";
  const hours = describeHours(input.playbook.workingHours, language);
  const offered = fold([...sayableTexts(input.playbook), hours, absence ?? "", wish].join("\n"));
  return missingFrom("invented_time", fold(text).matchAll(TIME_PATTERN), offered, (time) => time);
}

function inventedPhones(text: string, sources: string): Rejection[] {
  const digits = sources.replaceAll(/\D/g, "");
  return [...withoutEmails(text).matchAll(PHONE_PATTERN)]
    .filter((match) => !digits.includes(match[0].replaceAll(/\D/g, "")))
    .map((match) => ({ rule: "invented_phone", excerpt: match[0].trim() }));
}

function missingFrom(
  rule: Rejection["rule"],
  matches: Iterable<RegExpMatchArray>,
  sources: string,
  comparable: (text: string) => string,
): Rejection[] {
  return [...matches]
    .filter((match) => !sources.includes(comparable(match[0])))
    .map((match) => ({ rule, excerpt: match[0] }));
}

function withoutEmails(text: string): string {
  return text.replaceAll(EMAIL_PATTERN, " ");
}
