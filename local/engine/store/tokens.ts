import { MAX_SEARCH_TERM_BYTES } from "../values/limits.ts";

const WORD = /[\p{Alphabetic}\p{N}]+/gu;

/** The words of a text as search indexes keep them: lower case, punctuation gone, overlong ones dropped. */
export function tokenize(text: string): string[] {
  const words = text.toLowerCase().match(WORD) ?? [];
  return words.filter((word) => Buffer.byteLength(word) <= MAX_SEARCH_TERM_BYTES);
}
