// How long to wait before trying again. Pure: the caller brings the randomness.

/** Waits grow from `baseMs` by `factor` with every attempt, and never past `capMs`. */
export type Backoff = { baseMs: number; factor: number; capMs: number };

/**
 * The wait after the `attempt`-th failure (1 is the first), in whole ms. `jitter` in [0, 1) spreads it over the upper half of the
 * step, so that what failed together does not come back together, and never at once.
 */
export function backoffMs(backoff: Backoff, attempt: number, jitter: number): number {
  const step = Math.min(backoff.capMs, backoff.baseMs * backoff.factor ** Math.max(0, attempt - 1));
  return Math.round(step / 2 + (step / 2) * jitter);
}
