// How much a playbook may hold. The form shows these numbers and the check refuses what is outside them.

export type Range = { least: number; most: number };

/** Inclusive, whole numbers. The longest wait is besides never shorter than the debounce. */
export const PLAYBOOK_RANGES = {
  debounceMs: { least: 0, most: 120_000 },
  maxWaitMs: { least: 0, most: 600_000 },
  maxUnanswered: { least: 1, most: 10 },
  maxTurnsPerMinute: { least: 1, most: 60 },
  maxUnknownQuestions: { least: 1, most: 10 },
  threshold: { least: 0, most: 100 },
  amountCents: { least: 0, most: Number.MAX_SAFE_INTEGER },
} as const satisfies Record<string, Range>;

/** In characters. A lead reads `text` in one message; `word` is a word or a short phrase. */
export const PLAYBOOK_LENGTHS = { name: 80, word: 60, link: 300, question: 300, text: 1_000, summary: 2_000 } as const;

/** Entries of any one list. */
export const MAX_PLAYBOOK_ENTRIES = 60;

/** Of everything together, in characters of JSON: every turn reads it. */
export const MAX_PLAYBOOK_SIZE = 200_000;

export function isWithin(value: number, { least, most }: Range): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
