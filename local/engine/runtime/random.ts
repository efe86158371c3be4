/** Rounds after which every bit of the state depends on every bit of the seed. */
const WARM_UP = 12;

/**
 * Chance that repeats: the same seed gives the same run of numbers (the generator sfc32). Enough for `Math.random` and the
 * identifiers of a development engine; not for secrets.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c = 0;
  #counter = 1;

  /** @param seed any safe integer; all of its bits count, so that the identifiers of a million calls differ. */
  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    for (let round = 0; round < WARM_UP; round++) this.next();
  }

  /** A number in [0, 1), in steps of 2^-32. */
  next(): number {
    const drawn = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + drawn) | 0;
    return (drawn >>> 0) / 2 ** 32;
  }

  fill(bytes: Uint8Array): void {
    for (let index = 0; index < bytes.length; index++) bytes[index] = Math.floor(this.next() * 256);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const bytes = new Uint8Array(16);
    this.fill(bytes);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Buffer.from(bytes).toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }
}
