export const locales = ["pt-BR", "en"] as const;

export type Locale = (typeof locales)[number];

/** Where the choice of a person is kept between visits. Readable by scripts: the page of last resort has no server to ask. */
export const localeCookie = "qify_locale";

/** Dates show in this zone until the organization's own is known. */
export const defaultTimeZone = "America/Sao_Paulo";

/** The locale that a text names: exactly ("pt-BR") or by its language ("pt-PT", "en_US"); null for any other. */
export function parseLocale(text: string | null | undefined): Locale | null {
  if (!text) return null;
  const tag = text.trim().replaceAll("_", "-").toLowerCase();
  const exact = locales.find((locale) => locale.toLowerCase() === tag);
  return exact ?? locales.find((locale) => languageOf(locale) === languageOf(tag)) ?? null;
}

/** What was chosen, else the most wanted of `Accept-Language` that we speak, else Portuguese. */
export function pickLocale(wish: { chosen?: string | undefined; acceptLanguage?: string | null }): Locale {
  return parseLocale(wish.chosen) ?? firstSpoken(wish.acceptLanguage ?? "") ?? "pt-BR";
}

function firstSpoken(acceptLanguage: string): Locale | null {
  const wanted = acceptLanguage
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return wanted.map(({ tag }) => parseLocale(tag)).find((locale) => locale !== null) ?? null;
}

function languageOf(tag: string): string {
  return tag.split("-", 1).join("").toLowerCase();
}
