import type { Execution } from "../admin/execution-log.ts";

/** What is known of a function since the engine started; the percentiles are of its newest calls. */
export type FunctionStat = {
  component: string;
  path: string;
  kind: Execution["kind"];
  calls: number;
  errors: number;
  p50Ms: number;
  p95Ms: number;
  /** Epoch ms of the start of its newest call. */
  lastAt: number;
};

type Counted = Omit<FunctionStat, "p50Ms" | "p95Ms"> & { durations: Float64Array };

/** Calls of one function whose time is remembered. */
const REMEMBERED = 256;
/** Functions that are counted: a route may have a path of its own for each thing in the world. */
const MAX_FUNCTIONS = 500;

/**
 * Counts calls and keeps how long the newest took. Noting a call costs the same, however many there were.
 * Invariant: functions lie in the order in which they were called last, and those that fall off the end are forgotten.
 */
export class FunctionStats {
  readonly #functions = new Map<string, Counted>();

  record({ component, path, kind, durationMs, startedAt, error }: Execution): void {
    const key = `${component}:${path}`;
    const known = this.#functions.get(key) ?? {
      component,
      path,
      kind,
      calls: 0,
      errors: 0,
      lastAt: startedAt,
      durations: new Float64Array(REMEMBERED),
    };
    known.durations[known.calls % REMEMBERED] = durationMs;
    known.calls += 1;
    if (error !== null) known.errors += 1;
    known.lastAt = startedAt;
    this.#functions.delete(key);
    this.#functions.set(key, known);
    const [oldest] = this.#functions.keys();
    if (this.#functions.size > MAX_FUNCTIONS && oldest !== undefined) this.#functions.delete(oldest);
  }

  /** All of them; whoever was called last comes last. */
  list(): FunctionStat[] {
    return [...this.#functions.values()].map(({ durations, ...counted }) => {
      const sorted = durations.slice(0, counted.calls).toSorted();
      return { ...counted, p50Ms: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95) };
    });
  }
}

/** The nearest rank; 0 when there is nothing. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
