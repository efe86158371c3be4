import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as codes from "../lib/agent/codes.ts";
import { STEPS } from "../lib/domain/qualification-progress.ts";
import en from "./en.json" with { type: "json" };
import ptBR from "./pt-BR.json" with { type: "json" };

const words: Record<keyof typeof ptBR.qualification, readonly string[]> = {
  moves: codes.MOVES,
  why: codes.WHY_CODES,
  attention: codes.ATTENTION_REASONS,
  intents: codes.INTENTS,
  objections: codes.OBJECTIONS,
  topics: codes.TOPICS,
  rejections: codes.REJECTION_RULES,
  outcomes: codes.OUTCOMES,
  outcomeReasons: codes.OUTCOME_REASONS,
  signals: codes.SIGNALS,
  parts: codes.SCORE_PART_NAMES,
  languages: codes.LANGUAGES,
  sentiments: codes.SENTIMENTS,
  wordings: codes.WORDINGS,
  steps: STEPS,
  stepStates: ["open", "asked", "satisfied", "skipped"],
  facts: codes.FACT_KEYS,
  confidences: ["high", "medium", "low"],
};
const languages = { "pt-BR": ptBR, en };

describe.each(Object.entries(languages))("in %s", (_language, { qualification }) => {
  const texts = new Map<string, object>(Object.entries(qualification));
  const listed = Object.entries(words).map(([name, list]) => ({ name, list }));

  it.each(listed)("every code of $name has a word, and no word is for a code that is not", ({ name, list }) => {
    const written = Object.keys(texts.get(name) ?? {});
    expect(written.toSorted()).toEqual([...new Set(list)].toSorted());
  });
});

it("the policy decides for no reason that has no word", () => {
  const policy = readFileSync(new URL("../lib/agent/policy.ts", import.meta.url), "utf8");
  const turn = readFileSync(new URL("../lib/agent/turn.ts", import.meta.url), "utf8");
  const deciding = [...policy.matchAll(/why: \["(\w+)"|const why = .*? \? "(\w+)" : "(\w+)"|hand\("(\w+)"/g)];
  const added = [...turn.matchAll(/turn\.decision\.why, "(\w+)"/g)];
  const found = [...deciding, ...added].flatMap(([, ...groups]) => groups.filter((code) => code !== undefined));
  expect(found.length).toBeGreaterThan(18);
  expect(found.filter((code) => codes.knownCode(codes.WHY_CODES, code) === null)).toEqual([]);
});
