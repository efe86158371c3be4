/** The part of a limit beyond which production warns. */
export const WARNED_SHARE = 0.8;

/** `unit` follows the numbers, its space included. */
export type Amount = { actual: number; limit: number; unit: string };

/** True beyond four fifths of a limit, and not beyond the limit: what is beyond it was refused. */
export function isNear({ actual, limit }: Pick<Amount, "actual" | "limit">): boolean {
  return actual > Math.floor(WARNED_SHARE * limit) && actual <= limit;
}

/** What production logs at the end of a call when something came near its limit; nothing when it did not. */
export function nearLimit(subject: string, amount: Amount): string[] {
  const { actual, limit, unit } = amount;
  return isNear(amount) ? [`${subject} (actual: ${actual}${unit}, limit: ${limit}${unit}).`] : [];
}

/** The same of how long a function's own code ran. */
export function nearTimeLimit(actualMs: number, limitMs: number): string[] {
  if (!isNear({ actual: actualMs, limit: limitMs })) return [];
  const durations = `maximum duration: ${limitMs / 1000}s, actual duration: ${Number(actualMs.toFixed(3))}ms`;
  return [`Function execution took a long time. (${durations}).`];
}
