import type { Clock } from "../types.ts";

const LONGEST_SLEEP_MS = 60_000; // so that a clock that was set forward is noticed

/** Calls `ring` once, not before `delayMs` have passed unless it is long; gives a function that calls it off. */
export type Wait = (delayMs: number, ring: () => void) => () => void;

/** Rings once for the earliest time asked for, and never twice at once. */
export class Alarm {
  readonly #clock: Clock;
  readonly #onRing: () => void;
  readonly #wait: Wait;
  #at = Infinity;
  #stop: (() => void) | null = null;
  #stopped = false;

  constructor(clock: Clock, onRing: () => void, wait: Wait = waitOnEventLoop) {
    this.#clock = clock;
    this.#onRing = onRing;
    this.#wait = wait;
  }

  ringNow(): void {
    this.ringAt(-Infinity);
  }

  /** Ignored when it would ring sooner anyway. */
  ringAt(time: number): void {
    if (this.#stopped || time >= this.#at) return;
    this.#stop?.();
    this.#at = time;
    this.#arm();
  }

  /** For good. */
  stop(): void {
    this.#stopped = true;
    this.#stop?.();
  }

  #arm(): void {
    this.#stop = this.#wait(this.#at - this.#clock.now(), () => this.#ring());
  }

  #ring(): void {
    if (this.#at > this.#clock.now()) return this.#arm();
    this.#at = Infinity;
    this.#stop = null;
    this.#onRing();
  }
}

function waitOnEventLoop(delayMs: number, ring: () => void): () => void {
  if (delayMs <= 0) {
    const immediate = setImmediate(ring);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(ring, Math.min(delayMs, LONGEST_SLEEP_MS));
  return () => clearTimeout(timer);
}
