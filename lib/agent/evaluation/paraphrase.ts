// The same thing said by another hand: slang, synonyms, lost accents and punctuation, typing slips, bursts.
// Words that carry a fact are left whole, or nobody could say what the truth is; machines are never paraphrased.
import type { SimulatedLead } from "./lead-file.ts";
import type { SeededRandom } from "./random.ts";

const SLANG: ReadonlyMap<string, string> = new Map([
  ["você", "vc"],
  ["vocês", "vcs"],
  ["também", "tbm"],
  ["porque", "pq"],
  ["quanto", "qto"],
  ["hoje", "hj"],
  ["para", "pra"],
  ["não", "n"],
  ["muito", "mto"],
  ["obrigado", "obg"],
  ["tudo", "td"],
  ["please", "pls"],
  ["you", "u"],
  ["thanks", "thx"],
  ["because", "bc"],
  ["beleza", "blz"],
]);
const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map([
  ["oi", ["olá", "opa"]],
  ["quero", ["queria"]],
  ["custa", ["sai"]],
  ["equipe", ["turma", "time"]],
  ["hi", ["hello", "hey"]],
  ["mostly", ["mainly"]],
  ["uns", ["cerca de"]],
  ["around", ["about", "roughly"]],
]);
/** Numbers in words: a fact of type number cannot say how it will be worded. */
const NUMBER_WORDS = new Set(
  (
    "trinta quarenta cinquenta sessenta setenta oitenta noventa catorze quinze dezesseis dezessete dezoito dezenove " +
    "duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos quatro duzia " +
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty hundred thousand"
  ).split(" "),
);
/** Personas that say the same thing in the same words every time. */
const MACHINES = new Set(["bot", "auto-reply"]);

/** One or more messages that say `text`. */
export function paraphrase(text: string, lead: SimulatedLead, random: SeededRandom): string[] {
  if (text.startsWith("[") || MACHINES.has(lead.persona)) return [text];
  const kept = protectedWords(lead);
  const style = {
    slang: random.chance(0.4),
    lower: random.chance(0.45),
    plain: random.chance(0.3),
    slips: random.chance(0.4),
    burst: random.chance(0.25),
  };
  const words = text.split(/(\s+)/).map((word) => {
    const bare = word.toLowerCase().replaceAll(/[^\p{L}'-]/gu, "");
    if (bare === "" || kept.has(unaccented(bare))) return word;
    const said = style.slang ? swap(word, bare, SLANG.get(bare)) : word;
    const meant = random.chance(0.3) ? swap(said, bare, SYNONYMS.get(bare)?.[random.below(2)]) : said;
    return style.slips && random.chance(0.12) ? slip(meant, random) : meant;
  });
  const joined = words.join("");
  const cased = style.lower ? joined.toLowerCase() : joined;
  const marked = style.plain ? unaccented(cased).replaceAll(/[,.!]+(?=\s|$)/g, "") : cased;
  return style.burst ? burst(marked) : [marked];
}

function swap(word: string, bare: string, other: string | undefined): string {
  return other === undefined ? word : word.toLowerCase().replace(bare, other);
}

/** Two letters swapped, one dropped or one doubled, inside a longer word. */
function slip(word: string, random: SeededRandom): string {
  if (!/^\p{L}{6,}/u.test(word)) return word;
  const at = 1 + random.below(word.length - 3);
  switch (random.below(3)) {
    case 0:
      return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
    case 1:
      return word.slice(0, at) + word.slice(at + 1);
    default:
      return word.slice(0, at) + word.charAt(at) + word.slice(at);
  }
}

/** A comma or a full stop is where people press enter. */
function burst(text: string): string[] {
  const at = text.search(/[,.!]\s/);
  if (at < 2 || at > text.length - 6) return [text];
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function protectedWords(lead: SimulatedLead): Set<string> {
  const values = Object.values(lead.facts).flatMap((truth) =>
    typeof truth === "string" ? [truth] : Array.isArray(truth) ? truth : [],
  );
  return new Set([...NUMBER_WORDS, ...values.flatMap((value) => unaccented(value.toLowerCase()).split(/[\s&]+/))]);
}

function unaccented(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "");
}
