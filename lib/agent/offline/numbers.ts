// Whole numbers as people write them in chats: digits, words ("vinte e dois", "twenty-two"), dozens.
// Patterns are for canonical text, where a hyphen is a token of its own.

const UNITS: ReadonlyMap<string, number> = numbered({
  um: 1,
  uma: 1,
  one: 1,
  dois: 2,
  duas: 2,
  two: 2,
  tres: 3,
  three: 3,
  quatro: 4,
  four: 4,
  cinco: 5,
  five: 5,
  seis: 6,
  six: 6,
  sete: 7,
  seven: 7,
  oito: 8,
  eight: 8,
  nove: 9,
  nine: 9,
});
const TEENS: ReadonlyMap<string, number> = numbered({
  dez: 10,
  ten: 10,
  onze: 11,
  eleven: 11,
  doze: 12,
  twelve: 12,
  treze: 13,
  thirteen: 13,
  quatorze: 14,
  catorze: 14,
  fourteen: 14,
  quinze: 15,
  fifteen: 15,
  dezesseis: 16,
  sixteen: 16,
  dezessete: 17,
  seventeen: 17,
  dezoito: 18,
  eighteen: 18,
  dezenove: 19,
  nineteen: 19,
});
const TENS: ReadonlyMap<string, number> = numbered({
  vinte: 20,
  twenty: 20,
  trinta: 30,
  thirty: 30,
  quarenta: 40,
  forty: 40,
  cinquenta: 50,
  fifty: 50,
  sessenta: 60,
  sixty: 60,
  setenta: 70,
  seventy: 70,
  oitenta: 80,
  eighty: 80,
  noventa: 90,
  ninety: 90,
});
const HUNDREDS: ReadonlyMap<string, number> = numbered({
  cem: 100,
  cento: 100,
  duzentos: 200,
  duzentas: 200,
  trezentos: 300,
  trezentas: 300,
  quatrocentos: 400,
  quatrocentas: 400,
  quinhentos: 500,
  quinhentas: 500,
  seiscentos: 600,
  setecentos: 700,
  oitocentos: 800,
  novecentos: 900,
});
const DOZEN = 12;
const WORDS: ReadonlyMap<string, number> = new Map([...UNITS, ...TEENS, ...TENS, ...HUNDREDS]);

const UNIT = either(UNITS);
const SMALL = `(?:${either(TENS)}(?:(?: e | and | ?- ?| )${UNIT})?|${either(TEENS)}|${UNIT})`;
const DOZENS = `(?:meia duzia|half a dozen|half dozen|(?:(?:${UNIT}|a) )?(?:duzias?|dozens?))`;
const HUNDRED = `(?:${either(HUNDREDS)}|(?:(?:${UNIT}|${either(TEENS)}|a) )?hundred)(?:(?: e | and | )${SMALL})?`;

/** Pattern source of a whole number in words, for use inside a larger pattern. */
export const NUMBER_WORDS_SOURCE = `(?:${DOZENS}|${HUNDRED}|${SMALL})(?![a-z])`;

/** Pattern source of a whole number, in digits or words, for use inside a larger pattern. */
export const NUMBER_SOURCE = `(?:\\d{1,3}(?:[.]\\d{3})+|\\d+|${NUMBER_WORDS_SOURCE})`;

/** Value of what `NUMBER_SOURCE` matched; null for anything else. */
export function parseWhole(written: string): number | null {
  if (/^[\d.]+$/.test(written)) return Number(written.replaceAll(".", ""));
  const words = written.split(/[\s-]+/).filter((word) => word !== "" && word !== "e" && word !== "and");
  if (words.some((word) => /^(?:duzias?|dozens?)$/.test(word))) return parseDozens(words[0] ?? "");
  const known = words.filter((word) => word !== "a");
  const first = UNITS.get(known[0] ?? "") ?? TEENS.get(known[0] ?? "");
  const isMultiple = known[1] === "hundred" && first !== undefined;
  const values = isMultiple ? [first * 100, ...known.slice(2).map(valueOf)] : known.map(valueOf);
  const total = values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
  return known.length === 0 ? null : total;
}

function parseDozens(first: string): number {
  if (first === "meia" || first === "half") return DOZEN / 2;
  return (UNITS.get(first) ?? 1) * DOZEN;
}

function valueOf(word: string): number | null {
  return word === "hundred" ? 100 : (WORDS.get(word) ?? null);
}

function numbered(words: Readonly<Record<string, number>>): Map<string, number> {
  return new Map(Object.entries(words));
}

/** Longest first: "sete" must not be all that is seen of "setecentos". */
function either(words: ReadonlyMap<string, number>): string {
  return `(?:${[...words.keys()].toSorted((a, b) => b.length - a.length).join("|")})(?![a-z])`;
}
