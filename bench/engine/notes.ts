/** Which notes there are: ten of each key, all of one size. */
const NOTES_PER_KEY = 10;

export const NOTE_TEXT = "Quanto custa o plano para uma distribuidora com 45 funcionários em Curitiba? ".repeat(2);

/** The key of the n-th of so many notes; those of a key lie far from each other. */
export function keyOf(n: number, notes: number): string {
  return `key-${n % Math.max(1, Math.floor(notes / NOTES_PER_KEY))}`;
}

/** Keys in an order that is the same each time and visits them all over. */
export function scatteredKeys(notes: number): () => string {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return keyOf(Math.floor((state / 2 ** 32) * notes), notes);
  };
}
