/**
 * How long a function's own code runs. Time inside the engine (a syscall, a nested call) does not count, as in
 * production. A stopwatch sees code that makes syscalls; code that spins without any is cut off by V8's watchdog.
 */
export class Budget {
  readonly #limitMs: number;
  #spentMs = 0;
  #resumedAt = 0;
  #inEngine = false;

  /** @param limitMs 0 sets no limit. */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** True while a syscall runs: code cut off now was the engine's own. */
  get inEngine(): boolean {
    return this.#inEngine;
  }

  /** Time of the function's own code until now. */
  get spentMs(): number {
    return this.#inEngine ? this.#spentMs : this.#spentMs + performance.now() - this.#resumedAt;
  }

  get exceeded(): boolean {
    return this.#limitMs > 0 && this.#spentMs > this.#limitMs;
  }

  start(): void {
    this.#resumedAt = performance.now();
  }

  /** Runs the engine's part of a call off the clock; throws when the function has used up its time. */
  pauseFor<Result>(work: () => Result): Result {
    this.#spentMs += performance.now() - this.#resumedAt;
    if (this.exceeded) throw new Error(timeoutMessage(this.#limitMs));
    this.#inEngine = true;
    try {
      return work();
    } finally {
      this.#inEngine = false;
      this.#resumedAt = performance.now();
    }
  }
}

/** Production's words. */
export function timeoutMessage(limitMs: number): string {
  return `Function execution timed out (maximum duration: ${limitMs / 1000}s)`;
}

/** The watchdog is slack: it must not fire while a well-behaved function waits for the engine. */
const WATCHDOG_SLACK = 4;

/** When the call around the current one is cut off; calls nest strictly, because all are synchronous. */
let cutoffAt = Number.POSITIVE_INFINITY;

/**
 * Runs `work` with the watchdog's time for it. A nested call gets less than what is left to the call around it, so that
 * the innermost spinning call is the one that ends, and its callers go on.
 */
export function withWatchdog<Result>(limitMs: number, work: (watchdogMs: number | undefined) => Result): Result {
  if (limitMs === 0) return work(undefined);
  const outer = cutoffAt;
  const startedAt = performance.now();
  const watchdogMs = Math.max(1, Math.floor(Math.min(limitMs * WATCHDOG_SLACK, (outer - startedAt) * 0.8)));
  cutoffAt = startedAt + watchdogMs;
  try {
    return work(watchdogMs);
  } finally {
    cutoffAt = outer;
  }
}
