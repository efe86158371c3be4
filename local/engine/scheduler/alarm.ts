import type { Clock } from "../types.ts";

const LONGEST_SLEEP_MS = 60_000; // so that a clock that was set forward is noticed

/** Rings once for the earliest time asked for, and never twice at once. */
export class Alarm {
  readonly #clock: Clock;
  readonly #onRing: () => void;
  #at = Infinity;
  #stop: (() => void) | null = null;
  #stopped = false;

  constructor(clock: Clock, onRing: () => void) {
    this.#clock = clock;
    this.#onRing = onRing;
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
    const delayMs = Math.min(this.#at - this.#clock.now(), LONGEST_SLEEP_MS);
    if (delayMs <= 0) {
      const immediate = setImmediate(() => this.#ring());
      this.#stop = () => clearImmediate(immediate);
    } else {
      const timer = setTimeout(() => this.#ring(), delayMs);
      this.#stop = () => clearTimeout(timer);
    }
  }

  #ring(): void {
    if (this.#at > this.#clock.now()) return this.#arm();
    this.#at = Infinity;
    this.#stop = null;
    this.#onRing();
  }
}
