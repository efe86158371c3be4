// The playbook's own facts: a cue word in the message, and beside it a value of the declared type.
import { parseMoney } from "../../domain/money.ts";
import type { PlaybookContent } from "../../domain/playbook.ts";
import type { Found } from "./facts-people.ts";
import { NUMBER_SOURCE, parseWhole } from "./numbers.ts";
import { type CanonicalText, fold, phrases } from "./text.ts";

type CustomFact = PlaybookContent["customFacts"][number];

export function readCustomFacts(canon: CanonicalText, facts: readonly CustomFact[], currency: string): Found[] {
  return facts.flatMap((fact) => readOne(canon, fact, currency));
}

function readOne(canon: CanonicalText, fact: CustomFact, currency: string): Found[] {
  const cues = fact.cues.map(cueSource).filter((cue) => cue !== "");
  if (cues.length === 0) return [];
  const sentence = canon.sentences().find(
    ({ start, end, isQuestion }) =>
      !isQuestion &&
      !canon.text
        .slice(start, end)
        .matchAll(phrases(...cues))
        .next().done,
  );
  if (!sentence) return [];
  const text = canon.text.slice(sentence.start, sentence.end);
  const quote = canon.quote(sentence.start, sentence.end);
  const value = valueIn({ text, quote, type: fact.type, currency });
  return value === null ? [] : [{ key: fact.key, value, confidence: 0.7, quote }];
}

function valueIn(part: {
  text: string;
  quote: string;
  type: CustomFact["type"];
  currency: string;
}): Found["value"] | null {
  switch (part.type) {
    case "text":
      return part.quote;
    case "boolean":
      return part.text.matchAll(phrases("nao", "sem", "nenhum", "no", "not", "don't", "without")).next().done === true;
    case "number": {
      const match = part.text.matchAll(phrases(`(${NUMBER_SOURCE})`)).next().value;
      return match ? parseWhole(match[1] ?? "") : null;
    }
    case "money":
      return parseMoney(part.quote, part.currency)[0]?.money ?? null;
  }
}

/** A cue as a pattern source: folded, with everything that a pattern would take for a command escaped. */
function cueSource(cue: string): string {
  return fold(cue)
    .trim()
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
