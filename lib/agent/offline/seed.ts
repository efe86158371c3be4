// Choices that look free and are not: the same seed always gives the same one.

/** One of `variants`. Neighbouring `turn`s of one seed never get the same of several. */
export function choose(variants: readonly string[], seed: string, turn: number): string {
  return variants[(hash(seed) + turn) % variants.length] ?? "";
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return value;
}
