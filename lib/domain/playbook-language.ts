// Languages the agent can be asked to speak, and texts that exist in some of them.
import { type Infer, v } from "convex/values";

export const languageValidator = v.union(v.literal("pt"), v.literal("en"), v.literal("es"));
export type Language = Infer<typeof languageValidator>;

/** A text in one or more languages; a language that is missing was never written, and is never guessed. */
export const localizedTextValidator = v.object({
  pt: v.optional(v.string()),
  en: v.optional(v.string()),
  es: v.optional(v.string()),
});

/** Wordings of one question, best first. The second is used when the first was not answered. */
export const localizedWordingsValidator = v.object({
  pt: v.optional(v.array(v.string())),
  en: v.optional(v.array(v.string())),
  es: v.optional(v.array(v.string())),
});

/** `pt-BR` -> `pt`; anything that is not served falls back to English. */
export function languageOfLocale(locale: string): Language {
  const base = locale.toLowerCase().split(/[-_]/)[0];
  return base === "pt" || base === "es" ? base : "en";
}
