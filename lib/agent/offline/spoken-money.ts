// Amounts of money as people tell them, in digits or in words, by the month or by the year.
import { type MoneyMention, parseMoney } from "../../domain/money.ts";
import { NUMBER_WORDS_SOURCE, parseWhole } from "./numbers.ts";
import { type CanonicalText, fold, phrases } from "./text.ts";

export type Amount = MoneyMention & { quote: string; before: string; after: string };

const CURRENCIES: ReadonlyMap<string, string> = new Map([
  ["reais", "BRL"],
  ["real", "BRL"],
  ["contos", "BRL"],
  ["conto", "BRL"],
  ["pila", "BRL"],
  ["dolares", "USD"],
  ["dollars", "USD"],
  ["bucks", "USD"],
  ["pounds", "GBP"],
  ["quid", "GBP"],
  ["euros", "EUR"],
]);
const SCALE = "(?:mil|thousand|grand)";
const SPOKEN = phrases(
  `(?:(${NUMBER_WORDS_SOURCE}) )?(?:a )?(${SCALE})(?:(?: e | and | )(${NUMBER_WORDS_SOURCE}))?(?: (?:de )?(${[...CURRENCIES.keys()].join("|")}))?`,
  `(${NUMBER_WORDS_SOURCE})(?: (?:de )?(${[...CURRENCIES.keys()].join("|")}))?`,
);
const SMALLEST_UNMARKED = 50;
const YEARLY_AFTER =
  /^ ?(?:,|-)? ?(?:por ano|ao ano|no ano|anual(?:mente|is)?|\/ ?ano|a year|per year|per annum|yearly|annually|an year|\/ ?(?:yr|year))/;
const YEARLY_BEFORE = /(?:por ano|ao ano|anual(?:mente)?|a year|per year|yearly|annual) ?(?:of|de|is|e|:)? ?$/;

/** Amounts in order of their place; what is told by the year is left out, for a month it says nothing certain. */
export function readAmounts(canon: CanonicalText, currency: string): Amount[] {
  const written = parseMoney(canon.source, currency).map((mention) => around(mention, canon.source));
  return [...written, ...spokenIn(canon, currency)].filter(
    ({ before, after }) => !YEARLY_AFTER.test(after) && !YEARLY_BEFORE.test(before),
  );
}

function around(mention: MoneyMention, source: string): Amount {
  return {
    ...mention,
    quote: source.slice(mention.start, mention.end).trim(),
    before: fold(source.slice(Math.max(0, mention.start - 60), mention.start)),
    after: fold(source.slice(mention.end, mention.end + 50)),
  };
}

function spokenIn(canon: CanonicalText, currency: string): Amount[] {
  return [...canon.text.matchAll(SPOKEN)].flatMap((match) => {
    const before = canon.text.slice(0, match.index);
    const [, thousands, scale, rest, scaledCurrency, plain, plainCurrency] = match;
    const named = scaledCurrency ?? plainCurrency;
    const units = plain === undefined ? (parseWhole(rest ?? "") ?? 0) : (parseWhole(plain) ?? 0);
    const value = scale === undefined ? units : (parseWhole(thousands ?? "") ?? 1) * 1_000 + units;
    const isDigits = /\d ?$/.test(before);
    if (isDigits || (named === undefined && value < SMALLEST_UNMARKED)) return [];
    const start = match.index;
    const end = start + match[0].length;
    return [
      {
        money: { amountCents: value * 100, currency: CURRENCIES.get(named ?? "") ?? currency },
        start,
        end,
        explicitCurrency: named !== undefined || scale !== undefined,
        quote: canon.quote(start, end),
        before: before.slice(-60),
        after: canon.text.slice(end, end + 50).trimStart(),
      },
    ];
  });
}
