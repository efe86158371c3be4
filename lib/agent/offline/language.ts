// Which language a lead writes, by the small words that only one of them uses.
import type { Language } from "../../domain/playbook-language.ts";
import { fold } from "./text.ts";

const MARKERS: Readonly<Record<Language | "other", string>> = {
  pt: `nao voce voces vc vcs eu ola oi bom boa dia tarde noite tudo bem obrigado obrigada com sem uma um meu minha nosso nossa
    que pra para hoje aqui isso esse essa sou somos tenho temos quero queria preciso gostaria quanto custa sim muito tambem
    porque mas mais empresa da do das dos na no nas nos ao pelo pela ja ainda ate gente estou esta estamos faz foi ser ter
    blz valeu vlw obg tb tbm pq hj fazer trabalho trabalhamos usamos perdemos pessoas reais mil semana amanha depois agora
    quem qual como onde seu sua ate parar a o as os e de em por uns umas mes meses nas deixamos vender cada ninguem conseguir legal beleza certo claro mesmo so`,
  en: `the you your i i'm we we're our my is are was have has do does don't not what how much many when who where why this that
    these it it's with without for from and but or because hi hello hey thanks thank please yes want need would could can
    looking about today tomorrow week month people team company business use using currently of to in on at by an a be just
    me they them there if so no more like get know price pricing cost interested sounds good great sure`,
  es: `hola usted ustedes tengo tenemos quiero quisiera necesito gracias cuanto cuesta precio buenos buenas dias tardes noches
    el los las una unos por favor pero muy tambien porque hoy manana ahora nosotros somos soy estoy estamos mi nuestra
    nuestro con sin y donde cual quien como esta hacer trabajo de a o que empresa personas si bien me gustaria informacion ustedes
    puede pueden hablar alguien no es del al lo le interesa vendemos usamos mas`,
  other: `je vous nous suis bonjour merci est les des une pour avec dans sur votre combien prix ich wir und der die das nicht
    guten tag danke bitte mit fur wie viel kostet haben ciao sono buongiorno grazie vorrei quanto costa siamo che della
    il gli per salut oui voudrais savoir j'ai c'est vos notre`,
};

/** Words by which another language must be ahead: to be taken for it at first, and to leave one that was settled on. */
const CLEAR_MARGIN = 0.5;
const SURE_MARGIN = 2;

const LANGUAGES = ["pt", "en", "es", "other"] as const;
const MARKED: ReadonlyMap<string, readonly (Language | "other")[]> = markedWords();

/**
 * The language of `text`, or `previous` when its words do not tell (a number, a name, "ok").
 * Words that languages share count in part for each, and alone decide nothing. Once a language `isSettled`, a borrowed word does not change it.
 */
export function detectLanguage(text: string, previous: Language, isSettled = false): Language | "other" {
  const words = fold(text).match(/[a-z]+(?:'[a-z]+)?/g) ?? [];
  const marks = words.map((word) => MARKED.get(word) ?? []);
  const bonus = accentBonus(text);
  const count = (language: Language | "other") =>
    marks.reduce(
      (sum, shared) => sum + (shared.includes(language) ? 1 / shared.length : 0),
      bonus === language ? 1 : 0,
    );
  const best = LANGUAGES.reduce((top, language) => (count(language) > count(top) ? language : top));
  const isOwn = bonus === best || marks.some((shared) => shared.length === 1 && shared[0] === best);
  if (best === previous || !isOwn) return previous;
  const needed = best === "other" || isSettled ? SURE_MARGIN : CLEAR_MARGIN;
  return count(best) - count(previous) >= needed ? best : previous;
}

/** Earlier messages that are read again when the new ones do not tell. */
const REMEMBERED = 4;

/**
 * The language of a conversation after `fresh`. One that was only a guess, or that nothing the lead said speaks for, is left at
 * the first sign of another; one that the lead has used is left for a clear sign, which may come in several short messages.
 */
export function followLanguage(talk: {
  fresh: readonly string[];
  earlier: readonly string[];
  settled: Language | undefined;
  fallback: Language;
}): Language | "other" {
  const current = talk.settled ?? talk.fallback;
  const isSettled = talk.settled !== undefined && speaksFor(talk.settled, talk.earlier.join("\n"));
  const read = detectLanguage(talk.fresh.join("\n"), current, isSettled);
  if (read !== current) return read;
  const recent = [...talk.earlier.slice(-REMEMBERED), ...talk.fresh].join("\n");
  const known = speaksFor(current, talk.fresh.join("\n")) ? current : detectLanguage(recent, current, isSettled);
  return known === "other" ? current : known;
}

/** Whether any word of `text` belongs to `language` alone. */
function speaksFor(language: Language, text: string): boolean {
  if (accentBonus(text) === language) return true;
  const words = fold(text).match(/[a-z]+(?:'[a-z]+)?/g) ?? [];
  return words.some((word) => {
    const shared = MARKED.get(word) ?? [];
    return shared.length === 1 && shared[0] === language;
  });
}

function accentBonus(text: string): Language | null {
  if (/[ãõ]|ção|ções/i.test(text)) return "pt";
  return /[ñ¿¡]/.test(text) ? "es" : null;
}

function markedWords(): Map<string, (Language | "other")[]> {
  const marked = new Map<string, (Language | "other")[]>();
  for (const language of LANGUAGES) {
    for (const word of new Set(MARKERS[language].trim().split(/\s+/))) {
      marked.set(word, [...(marked.get(word) ?? []), language]);
    }
  }
  return marked;
}
