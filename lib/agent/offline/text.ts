// Lead text in a form that patterns can read: lower case, no accents, slang written out, slips of the keyboard undone,
// one space between tokens. Every span of it leads back to the exact words of the message: that is where quotes come from.
import { SLANG, VOCABULARY, VOCABULARY_BY_SHAPE } from "./vocabulary.ts";

type Token = { start: number; end: number; sourceStart: number; sourceEnd: number };

const TOKEN = /https?:\/\/\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?|\d+(?:[.,:]\d+)*|[^\s]/gu;
const SHORTEST_CORRECTED = 6;

export class CanonicalText {
  readonly source: string;
  readonly text: string;
  readonly #tokens: readonly Token[];

  constructor(source: string) {
    this.source = source;
    const tokens: Token[] = [];
    let text = "";
    for (const match of source.matchAll(TOKEN)) {
      const written = canonicalToken(match[0]);
      if (written === "") continue;
      if (text !== "") text += " ";
      tokens.push({
        start: text.length,
        end: text.length + written.length,
        sourceStart: match.index,
        sourceEnd: match.index + match[0].length,
      });
      text += written;
    }
    this.text = text;
    this.#tokens = tokens;
  }

  /** The exact words of the message under the canonical span [start, end). */
  quote(start: number, end: number): string {
    const touched = this.#tokens.filter((token) => token.end > start && token.start < end);
    const first = touched[0];
    const last = touched.at(-1);
    return first && last ? this.source.slice(first.sourceStart, last.sourceEnd) : "";
  }

  /** Sentences as canonical spans: split at full stops, question marks, line breaks. */
  sentences(): { start: number; end: number; isQuestion: boolean }[] {
    const sentences: { start: number; end: number; isQuestion: boolean }[] = [];
    let first: Token | null = null;
    let previous: Token | null = null;
    const close = (isQuestion: boolean) => {
      if (first && previous) sentences.push({ start: first.start, end: previous.end, isQuestion });
      first = null;
    };
    for (const token of this.#tokens) {
      const written = this.text.slice(token.start, token.end);
      const hasBreak = previous !== null && this.source.slice(previous.sourceEnd, token.sourceStart).includes("\n");
      if (hasBreak) close(false);
      if (/^[.!?;]$/.test(written)) close(written === "?");
      else first ??= token;
      if (!/^[.!?;]$/.test(written)) previous = token;
    }
    close(false);
    return sentences;
  }
}

/** Lower case without accents, letter for letter. */
export function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Only letters and digits, folded: texts that differ in accents, case and punctuation are the same. */
export function comparable(text: string): string {
  return fold(text)
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();
}

/** A pattern of whole words over canonical text, any of the given alternatives. */
export function phrases(...alternatives: readonly string[]): RegExp {
  return new RegExp(`(?<![a-z0-9])(?:${alternatives.join("|")})(?![a-z0-9])`, "g");
}

function canonicalToken(token: string): string {
  const plain = fold(token).replaceAll("’", "'");
  if (!/^[a-z]/.test(plain) || plain.includes("@") || plain.includes("/")) return plain;
  const squeezed = plain.replaceAll(/([a-z])\1{2,}/g, "$1");
  return SLANG.get(plain) ?? SLANG.get(squeezed) ?? corrected(squeezed);
}

/**
 * The one vocabulary word that is a single slip away (a letter missing, doubled, swapped or wrong), else the word itself. Another
 * last letter is no slip but another form of the word: "agenda" is not "agendar".
 */
function corrected(word: string): string {
  if (word.length < SHORTEST_CORRECTED || VOCABULARY.has(word)) return word;
  const near = [-1, 0, 1].flatMap((delta) => VOCABULARY_BY_SHAPE.get(`${word[0]}${word.length + delta}`) ?? []);
  const candidates = near.filter((candidate) => candidate.at(-1) === word.at(-1) && isOneSlip(word, candidate));
  const only = candidates[0];
  return only !== undefined && candidates.length === 1 ? only : word;
}

function isOneSlip(a: string, b: string): boolean {
  if (a.length > b.length) return isOneSlip(b, a);
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (b.length === a.length + 1) return a.slice(at) === b.slice(at + 1);
  const isSwap = a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return isSwap || (a.slice(at + 1) === b.slice(at + 1) && at < a.length);
}
