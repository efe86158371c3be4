import { Worker } from "node:worker_threads";
import { type LongCallOptions, NAME_BYTES, WORDS } from "./long-call-memory.ts";

/**
 * Says which query or mutation runs for too long while it still runs: it holds the only thread, so that another one has
 * to speak. A begin and an end cost a microsecond.
 * Invariant: the sequence is odd exactly while a call runs.
 */
export class LongCallWatch {
  readonly #memory = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT + NAME_BYTES);
  readonly #words = new Int32Array(this.#memory, 0, WORDS);
  readonly #name = new Uint8Array(this.#memory, WORDS * Int32Array.BYTES_PER_ELEMENT);
  readonly #encoder = new TextEncoder();
  readonly #worker: Worker;

  /** `output` is a file descriptor: streams would wait for the thread that is held. */
  constructor({ afterMs = 1000, output = 2 }: { afterMs?: number; output?: number } = {}) {
    const workerData: LongCallOptions = { memory: this.#memory, afterMs, output };
    this.#worker = new Worker(new URL("long-call-worker.ts", import.meta.url), { workerData });
    this.#worker.unref();
  }

  /** Calls do not nest: what a call calls itself is part of it. */
  begin(name: string): void {
    const { written } = this.#encoder.encodeInto(name, this.#name);
    this.#words[1] = written;
    Atomics.add(this.#words, 0, 1);
  }

  end(): void {
    Atomics.add(this.#words, 0, 1);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
