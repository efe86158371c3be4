import type { Clock } from "../types.ts";

const LONGEST_SLEEP_MS = 60_000; // so that a clock that was set forward is noticed
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Calls `ring` once, not before `delayMs` have passed unless it is long; gives a function that calls it off. */
export type Wait = (delayMs: number, ring: () => void) => () => void;

export type AlarmOptions = {
  clock: Clock;
  onRing: () => void;
  /** Told of what `onRing` throws. */
  reportFault: (fault: unknown) => void;
  wait?: Wait | undefined;
};

/**
 * Rings once for the earliest time asked for, and never twice at once. Who throws at a ring is reported and rung again after a pause, a
 * longer one each time: no fault ends the process, or what the ring stands for.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #onRing: () => void;
  readonly #reportFault: (fault: unknown) => void;
  readonly #wait: Wait;
  #pauseMs = FIRST_PAUSE_MS;
  #at = Infinity;
  #stop: (() => void) | null = null;
  #stopped = false;

  constructor({ clock, onRing, reportFault, wait = waitOnEventLoop }: AlarmOptions) {
    this.#clock = clock;
    this.#onRing = onRing;
    this.#reportFault = reportFault;
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
    try {
      this.#onRing();
      this.#pauseMs = FIRST_PAUSE_MS;
    } catch (fault) {
      this.#reportFault(fault);
      this.ringAt(this.#clock.now() + this.#pauseMs);
      this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    }
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
