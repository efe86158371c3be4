// The phrase books by language.
import type { Language } from "../../domain/playbook-language.ts";
import type { Phrases } from "./phrase-book.ts";
import { PHRASES_EN } from "./phrases-en.ts";
import { PHRASES_ES } from "./phrases-es.ts";
import { PHRASES_PT } from "./phrases-pt.ts";

export const PHRASES: Readonly<Record<Language, Phrases>> = { pt: PHRASES_PT, en: PHRASES_EN, es: PHRASES_ES };
