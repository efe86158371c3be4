/**
 * Okapi BM25 as production's search library computes it: how well a document matches a term, by how often the term stands
 * in it, how rare the term is, and how long the document is. A document's score is the sum over the terms.
 */

/** How soon more occurrences stop to matter. */
const SATURATION = 1.2;
/** How much the length of a document matters, from 0 to 1. */
const LENGTH_WEIGHT = 0.75;
/** Lengths up to here, and a few more, are kept exactly. */
const EXACT_LENGTHS = 24;

export type Collection = {
  documents: number;
  /** Of all documents together, repeated ones counted. */
  terms: number;
};

/** The highest score that a term can give. `documentsWith` is how many documents have it. */
export function termWeight({ documents }: Collection, documentsWith: number): number {
  return (1 + SATURATION) * Math.log(1 + (documents - documentsWith + 0.5) / (documentsWith + 0.5));
}

/**
 * What keeps a document from its terms' whole weight: a term that stands in it `count` times gives
 * `weight * count / (count + base + perTerm * length)`.
 */
export function damping({ documents, terms }: Collection): { base: number; perTerm: number } {
  const averageLength = terms / documents;
  return { base: SATURATION * (1 - LENGTH_WEIGHT), perTerm: (SATURATION * LENGTH_WEIGHT) / averageLength };
}

/** A document's length in terms as scores know it: rounded down to four binary digits, so that small differences of long texts do not matter. */
export function roundLength(length: number): number {
  if (length <= EXACT_LENGTHS) return length;
  const rest = length - EXACT_LENGTHS;
  const step = 2 ** Math.max(0, Math.floor(Math.log2(rest)) - 3);
  return EXACT_LENGTHS + Math.floor(rest / step) * step;
}
