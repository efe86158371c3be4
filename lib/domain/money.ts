// Money as integer cents with an ISO currency, and how people write it.
import { type Infer, v } from "convex/values";

export const moneyValidator = v.object({ amountCents: v.number(), currency: v.string() });
/** `amountCents` is an integer in the smallest unit; `currency` is ISO 4217 in capitals. */
export type Money = Infer<typeof moneyValidator>;

/** Money found in a text. `start` and `end` are offsets into that text, so `text.slice(start, end)` is the quote. */
export type MoneyMention = { money: Money; start: number; end: number; explicitCurrency: boolean };

const CURRENCY_BY_MARK: ReadonlyMap<string, string> = new Map([
  ["r$", "BRL"],
  ["rs", "BRL"],
  ["brl", "BRL"],
  ["reais", "BRL"],
  ["real", "BRL"],
  ["conto", "BRL"],
  ["contos", "BRL"],
  ["pila", "BRL"],
  ["us$", "USD"],
  ["$", "USD"],
  ["usd", "USD"],
  ["dolares", "USD"],
  ["dólares", "USD"],
  ["dollars", "USD"],
  ["dollar", "USD"],
  ["bucks", "USD"],
  ["€", "EUR"],
  ["eur", "EUR"],
  ["euros", "EUR"],
  ["£", "GBP"],
  ["gbp", "GBP"],
  ["pounds", "GBP"],
]);

const SCALE: ReadonlyMap<string, number> = new Map([
  ["k", 1_000],
  ["mil", 1_000],
  ["thousand", 1_000],
  ["grand", 1_000],
  ["mi", 1_000_000],
  ["m", 1_000_000],
  ["milhao", 1_000_000],
  ["milhão", 1_000_000],
  ["milhoes", 1_000_000],
  ["milhões", 1_000_000],
  ["million", 1_000_000],
]);

const MENTION = new RegExp(
  [
    String.raw`(?<![\p{L}\p{N}])`,
    String.raw`(?:(?<before>r\$|us\$|rs|brl|usd|eur|gbp|[$€£])\s*)?`,
    String.raw`(?<number>\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)`,
    String.raw`(?:\s*(?<scale>milh[aã]o|milh[oõ]es|million|thousand|grand|mil|mi|k|m)(?![\p{L}\p{N}]))?`,
    String.raw`(?:\s*(?:de\s+)?(?<after>reais|real|brl|contos?|pila|d[oó]lares|dollars?|bucks|usd|euros|eur|pounds|gbp|€)(?![\p{L}\p{N}]))?`,
    String.raw`(?![\p{N}])`,
  ].join(""),
  "giu",
);

/**
 * Every number in `text` that can be read as an amount. One without a currency mark takes `defaultCurrency` and is
 * reported with `explicitCurrency: false`: whether it is money at all is for the caller to know from the context.
 */
export function parseMoney(text: string, defaultCurrency: string): MoneyMention[] {
  const mentions: MoneyMention[] = [];
  for (const match of text.matchAll(MENTION)) {
    const groups = match.groups ?? {};
    const amount = parseAmount(groups["number"] ?? "");
    if (amount === null) continue;
    const mark = (groups["before"] ?? groups["after"])?.toLowerCase();
    const scale = SCALE.get((groups["scale"] ?? "").toLowerCase()) ?? 1;
    mentions.push({
      money: {
        amountCents: Math.round(amount * scale * 100),
        currency: CURRENCY_BY_MARK.get(mark ?? "") ?? defaultCurrency,
      },
      start: match.index,
      end: match.index + match[0].length,
      explicitCurrency: mark !== undefined,
    });
  }
  return mentions;
}

/**
 * A decimal as people write it on either side of the ocean: `1.500,00`, `1,500.00`, `1.500`, `1,5`.
 * A single separator before exactly three digits groups thousands; otherwise it is a decimal mark. `null` when not a number.
 */
export function parseAmount(written: string): number | null {
  if (!/^\d[\d.,]*$/.test(written)) return null;
  const decimal = decimalMark(written);
  const whole = decimal === null ? written : written.slice(0, decimal);
  const fraction = decimal === null ? "" : written.slice(decimal + 1);
  const amount = Number(`${whole.replaceAll(/[.,]/g, "")}.${fraction || "0"}`);
  return Number.isFinite(amount) ? amount : null;
}

/** `R$ 1.500` / `$1,500.50`: cents are shown only when there are any. Spaces are plain, so that texts compare. */
export function formatMoney(money: Money, locale: string): string {
  const hasCents = money.amountCents % 100 !== 0;
  const digits = hasCents ? 2 : 0;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .format(money.amountCents / 100)
    .replaceAll(/[\u00A0\u202F]/g, " ");
}

export function isSameMoney(a: Money, b: Money): boolean {
  return a.amountCents === b.amountCents && a.currency === b.currency;
}

/** Index of the decimal separator, or null when every separator groups thousands. */
function decimalMark(written: string): number | null {
  const last = Math.max(written.lastIndexOf("."), written.lastIndexOf(","));
  if (last === -1) return null;
  const digitsAfter = written.length - last - 1;
  if (digitsAfter === 0) return last;
  const kinds = new Set(written.replaceAll(/\d/g, ""));
  if (kinds.size === 2) return last;
  return digitsAfter === 3 ? null : last;
}
