import type { ClientFrame } from "./protocol.ts";

/** Mutations that one socket may have waiting. */
const QUEUE_LIMIT = 1000;

export type InboxOptions = {
  /** Does what a frame says; the frames behind it wait for the promise, if there is one. */
  apply: (frame: ClientFrame) => Promise<void> | undefined;
  /** Asked before each frame; who says no says later, by `pump`, that it can go on. */
  canGoOn: () => boolean;
  /** Hears of what a frame made fail after others had waited. */
  fail: (error: unknown) => void;
};

/**
 * What a client asked for on one socket and did not get yet.
 * Invariant: frames are applied in the order in which they came, each when the one before it is done.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #frames: ClientFrame[] = [];
  #mutations = 0;
  #isBusy = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  /** False, and nothing, for one mutation too many. */
  add(frame: ClientFrame): boolean {
    if (frame.type === "Mutation" && this.#mutations >= QUEUE_LIMIT) return false;
    if (frame.type === "Mutation") this.#mutations += 1;
    this.#frames.push(frame);
    return true;
  }

  /** Applies what waits, as far as that goes now. Throws what a frame throws. */
  pump(): void {
    while (!this.#isBusy && !this.isEmpty && this.#options.canGoOn()) {
      const frame = this.#frames.shift();
      if (frame === undefined) return;
      if (frame.type === "Mutation") this.#mutations -= 1;
      const until = this.#options.apply(frame);
      if (until !== undefined) this.#wait(until);
    }
  }

  /** Forgets what waits. */
  clear(): void {
    this.#frames.length = 0;
    this.#mutations = 0;
  }

  #wait(until: Promise<void>): void {
    this.#isBusy = true;
    const goOn = () => {
      this.#isBusy = false;
      this.pump();
    };
    until.then(goOn).catch(this.#options.fail);
  }
}
