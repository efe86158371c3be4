import { createHistogram } from "node:perf_hooks";

const HIGHEST_US = 120_000_000;

/** Milliseconds. */
export type Percentiles = { count: number; failed: number; p50: number; p95: number; p99: number; max: number };

/** How long many things took, of which some may have failed. Kept in microseconds, three digits of each. */
export class Latencies {
  readonly #histogram = createHistogram({ lowest: 1, highest: HIGHEST_US, figures: 3 });
  #failed = 0;

  record(ms: number): void {
    this.#histogram.record(Math.min(HIGHEST_US, Math.max(1, Math.round(ms * 1000))));
  }

  fail(): void {
    this.#failed++;
  }

  /** Forgets what it was told so far. */
  restart(): void {
    this.#histogram.reset();
    this.#failed = 0;
  }

  percentiles(): Percentiles {
    const at = (percent: number) =>
      this.#histogram.count === 0 ? Number.NaN : this.#histogram.percentile(percent) / 1000;
    return { count: this.#histogram.count, failed: this.#failed, p50: at(50), p95: at(95), p99: at(99), max: at(100) };
  }
}

/** Epoch milliseconds with their fractions: comparable between processes of one machine. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}
