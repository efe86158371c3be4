// Whole numbers as people write them in chats: digits, words, "a dozen".

const WORDS: ReadonlyMap<string, number> = new Map([
  ["um", 1],
  ["uma", 1],
  ["one", 1],
  ["dois", 2],
  ["duas", 2],
  ["two", 2],
  ["tres", 3],
  ["three", 3],
  ["quatro", 4],
  ["four", 4],
  ["cinco", 5],
  ["five", 5],
  ["seis", 6],
  ["six", 6],
  ["sete", 7],
  ["seven", 7],
  ["oito", 8],
  ["eight", 8],
  ["nove", 9],
  ["nine", 9],
  ["dez", 10],
  ["ten", 10],
  ["onze", 11],
  ["eleven", 11],
  ["doze", 12],
  ["twelve", 12],
  ["duzia", 12],
  ["dozen", 12],
  ["treze", 13],
  ["thirteen", 13],
  ["quatorze", 14],
  ["catorze", 14],
  ["fourteen", 14],
  ["quinze", 15],
  ["fifteen", 15],
  ["dezesseis", 16],
  ["sixteen", 16],
  ["dezoito", 18],
  ["eighteen", 18],
  ["vinte", 20],
  ["twenty", 20],
  ["trinta", 30],
  ["thirty", 30],
  ["quarenta", 40],
  ["forty", 40],
  ["cinquenta", 50],
  ["fifty", 50],
  ["sessenta", 60],
  ["sixty", 60],
  ["oitenta", 80],
  ["eighty", 80],
  ["cem", 100],
  ["hundred", 100],
]);

/** Pattern source of a whole number, in digits or words, for use inside a larger pattern. */
export const NUMBER_SOURCE = `(?:\\d{1,3}(?:[.]\\d{3})+|\\d+|${[...WORDS.keys()].join("|")})`;

/** Value of what `NUMBER_SOURCE` matched; null for anything else. */
export function parseWhole(written: string): number | null {
  const named = WORDS.get(written);
  if (named !== undefined) return named;
  return /^[\d.]+$/.test(written) ? Number(written.replaceAll(".", "")) : null;
}
