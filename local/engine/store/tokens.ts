import { MAX_SEARCH_TERM_BYTES } from "../values/limits.ts";

const WORD = /[\p{Alphabetic}\p{N}]+/gu;

/** The terms of a text as search indexes keep them: runs of letters and digits without the overlong ones, in lower case. */
export function tokenize(text: string): string[] {
  const words = text.match(WORD) ?? [];
  return words.filter((word) => Buffer.byteLength(word) <= MAX_SEARCH_TERM_BYTES).map(lowerCase);
}

/** Letter by letter, as production does it: a sigma that ends a word is one like any other. */
function lowerCase(word: string): string {
  const lower = word.toLowerCase();
  return lower.includes("ς") ? Array.from(word, (letter) => letter.toLowerCase()).join("") : lower;
}
