import { randomUUID } from "node:crypto";
import { HttpFailure } from "../../http/answers.ts";
import type { Clock, Json } from "../../types.ts";

type Upload = { startedAt: number; parts: Map<string, Buffer>; size: number };

/** All that may lie here at a time. */
const MAX_BYTES = 1024 ** 3;
const LIFE_MS = 3_600_000;

/** Files that come in parts. What nobody finishes within an hour is forgotten. */
export class Uploads {
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #uploads = new Map<string, Upload>();

  constructor(clock: Clock, { maxBytes = MAX_BYTES }: { maxBytes?: number } = {}) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  /** Gives the token under which the parts come. */
  start(): string {
    const now = this.#clock.now();
    for (const [token, { startedAt }] of this.#uploads) {
      if (now - startedAt >= LIFE_MS) this.#uploads.delete(token);
    }
    const token = randomUUID();
    this.#uploads.set(token, { startedAt: now, parts: new Map(), size: 0 });
    return token;
  }

  /** Bytes that may still come. */
  get room(): number {
    return [...this.#uploads.values()].reduce((left, { size }) => left - size, this.#maxBytes);
  }

  /** Gives the part's own token, by which `finish` names it. */
  add(token: string, bytes: Buffer): string {
    const upload = this.#require(token);
    const part = randomUUID();
    upload.parts.set(part, bytes);
    upload.size += bytes.length;
    return part;
  }

  /** The file of these parts, in this order; its upload is over. */
  finish(token: string, parts: readonly Json[]): Buffer {
    const upload = this.#require(token);
    const bytes = parts.map((part) => (typeof part === "string" ? upload.parts.get(part) : undefined));
    this.#uploads.delete(token);
    const whole = bytes.filter((part) => part !== undefined);
    if (whole.length === bytes.length) return Buffer.concat(whole);
    throw new HttpFailure(400, "ImportFailed", "A part of the file was never uploaded");
  }

  #require(token: string): Upload {
    const upload = this.#uploads.get(token);
    if (upload === undefined) throw new HttpFailure(400, "ImportFailed", "The upload is unknown or took too long");
    return upload;
  }
}
