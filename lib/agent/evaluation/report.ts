// The table of an evaluation and the gate it has to pass.
import type { Judgement } from "./judge.ts";

export type Scores = {
  leads: number;
  spinCompletion: number;
  outcomeAccuracy: number;
  factPrecision: number;
  factRecall: number;
  repeatedQuestions: number;
  inventions: number;
  wrongLanguage: number;
  turns: number;
};

export const GATE = { spinCompletion: 0.7, outcomeAccuracy: 0.8, factPrecision: 0.9 } as const;

export function summarize(judgements: readonly Judgement[]): Scores {
  const sum = (of: (judgement: Judgement) => number) =>
    judgements.reduce((total, judgement) => total + of(judgement), 0);
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    leads: judgements.length,
    spinCompletion: share(
      sum((j) => j.stagesDone),
      sum((j) => j.stagesExpected),
    ),
    outcomeAccuracy: share(
      sum((j) => Number(j.isOutcomeRight)),
      judgements.length,
    ),
    factPrecision: share(
      sum((j) => j.factsRight),
      sum((j) => j.factsRead),
    ),
    factRecall: share(
      sum((j) => j.factsKept),
      sum((j) => j.factsTold),
    ),
    repeatedQuestions: sum((j) => j.repeatedQuestions),
    inventions: sum((j) => j.inventions),
    wrongLanguage: sum((j) => j.wrongLanguage),
    turns: share(
      sum((j) => j.turns),
      judgements.length,
    ),
  };
}

/** What the scores miss, in words; empty when the gate is passed. */
export function missedGates(scores: Scores): string[] {
  return [
    ...(["spinCompletion", "outcomeAccuracy", "factPrecision"] as const)
      .filter((measure) => scores[measure] < GATE[measure])
      .map((measure) => `${measure} ${percent(scores[measure])} is below ${percent(GATE[measure])}`),
    ...(["repeatedQuestions", "inventions", "wrongLanguage"] as const)
      .filter((measure) => scores[measure] > 0)
      .map((measure) => `${measure} is ${scores[measure]}, not 0`),
  ];
}

/** A fixed-width table, one row per named set of scores. */
export function renderTable(rows: readonly { name: string; scores: Scores }[]): string {
  const header = ["", "leads", "SPIN", "outcome", "precision", "recall", "repeated", "invented", "language", "turns"];
  const lines = rows.map(({ name, scores }) => [
    name,
    String(scores.leads),
    percent(scores.spinCompletion),
    percent(scores.outcomeAccuracy),
    percent(scores.factPrecision),
    percent(scores.factRecall),
    String(scores.repeatedQuestions),
    String(scores.inventions),
    String(scores.wrongLanguage),
    scores.turns.toFixed(1),
  ]);
  return [header, ...lines]
    .map((cells) => cells.map((cell, at) => (at === 0 ? cell.padEnd(18) : cell.padStart(10))).join(""))
    .join("\n");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
