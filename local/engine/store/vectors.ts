import type { Json } from "../types.ts";
import type { Value } from "../values/encoding.ts";
import { unwrap } from "../values/wrapped.ts";

/** The vector that a field holds: an array of as many finite numbers as the index has dimensions; anything else is none. */
export function vectorOf(value: Value, dimensions: number): Float32Array | null {
  if (!Array.isArray(value) || value.length !== dimensions) return null;
  const vector = Float32Array.from(value, numberOf);
  return vector.every((number) => Number.isFinite(number)) ? vector : null;
}

export function dotProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The Euclidean length. */
export function norm(vector: Float32Array): number {
  return Math.sqrt(dotProduct(vector, vector));
}

export type Scored = { row: number; score: number };

/**
 * The highest scores among those that it was shown, and no more than `limit`.
 * Invariant: they are in order, and of equal ones the one in the lower row comes first.
 */
export class Best {
  readonly #limit: number;
  readonly #kept: Scored[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get kept(): readonly Scored[] {
    return this.#kept;
  }

  show(shown: Scored): void {
    const last = this.#kept.at(-1);
    const isFull = this.#kept.length >= this.#limit;
    if (isFull && (last === undefined || compare(last, shown) < 0)) return;
    const place = this.#kept.findLastIndex((other) => compare(other, shown) < 0) + 1;
    this.#kept.splice(place, 0, shown);
    if (isFull) this.#kept.pop();
  }
}

function compare(a: Scored, b: Scored): number {
  return b.score - a.score || a.row - b.row;
}

/** NaN for whatever is no number. */
function numberOf(value: Json): number {
  if (typeof value === "number") return value;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return Number.NaN;
  const wrapped = unwrap(value);
  return wrapped.type === "float64" ? wrapped.bytes.readDoubleLE() : Number.NaN;
}
