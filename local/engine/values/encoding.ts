import type { Json, JsonObject } from "../types.ts";
import { unwrap } from "./wrapped.ts";

/** Stands for a field that a document does not have; JSON has no word for it. */
export const UNDEFINED = Symbol("undefined");

export type Value = Json | typeof UNDEFINED;

/** First byte of every encoded value: types sort by it. */
const TAG = {
  undefined: 1,
  null: 3,
  /** The middle of the nine integer tags: 8 - n for negative numbers of width class n, 8 + n for positive ones. */
  zero: 8,
  float64: 13,
  false: 14,
  true: 15,
  string: 16,
  bytes: 17,
  array: 18,
  object: 21,
} as const;

/** Ends a string, an array, an object. Inside strings and bytes a zero byte is followed by ESCAPED, which no tag equals. */
const END = 0;
const ESCAPED = 0xff;
const MAX_INT64 = 2n ** 63n - 1n;

/** Above every tag, hence above every key that goes on after a complete value. */
const AFTER = Buffer.from([0xff]);

/** The range of all keys. */
export const EVERY_KEY = { low: Buffer.alloc(0), high: AFTER };

/**
 * The bytes under which an index keeps these values. Byte order of keys is Convex's order of values:
 * undefined < null < int64 < float64 < boolean < string < bytes < array < object.
 * An unresolved commit timestamp sorts as the greatest int64.
 */
export function encodeKey(values: readonly Value[]): Buffer {
  writer.restart();
  for (const value of values) writer.append(value);
  return writer.written();
}

/** The exclusive upper bound of all keys that begin with these complete values. Never compare with the last byte plus one: "a" would include "a\0b". */
export function prefixEnd(key: Buffer): Buffer {
  return Buffer.concat([key, AFTER]);
}

/** The id at the end of an index key: every key's last value is its document's. */
export function idOfKey(key: Buffer): string {
  return key.toString("latin1", key.lastIndexOf(TAG.string) + 1, key.length - 1);
}

/** Negative, zero or positive. Compares the encoded keys, so that filters and indexes cannot disagree. */
export function compareValues(a: Value, b: Value): number {
  if (Object.is(a, b)) return 0;
  return Buffer.compare(encodeKey([a]), encodeKey([b]));
}

/** The values in the JSON encoding may say `{"$undefined": null}`; everything else says `UNDEFINED`. */
export function valueOf(json: Json | undefined): Value {
  if (json === undefined) return UNDEFINED;
  if (json !== null && typeof json === "object" && !Array.isArray(json) && "$undefined" in json) return UNDEFINED;
  return json;
}

/**
 * Appends values to a buffer so that comparing the bytes of two sequences compares the sequences.
 * Invariant: the first `#length` bytes of `#bytes` are a whole number of encoded values.
 */
class KeyWriter {
  #bytes = Buffer.allocUnsafe(512);
  #length = 0;

  restart(): void {
    this.#length = 0;
  }

  append(value: Value): void {
    if (value === null) this.#byte(TAG.null);
    else if (value === UNDEFINED) this.#byte(TAG.undefined);
    else if (typeof value === "string") {
      this.#byte(TAG.string);
      this.#string(value);
    } else if (typeof value === "number") this.#number(value);
    else if (typeof value === "boolean") this.#byte(value ? TAG.true : TAG.false);
    else if (Array.isArray(value)) {
      this.#byte(TAG.array);
      for (const element of value) this.append(element);
      this.#byte(END);
    } else this.#object(value);
  }

  /** A copy of the bytes written since the last restart. */
  written(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #object(object: JsonObject): void {
    const wrapped = unwrap(object);
    if (wrapped.type === "undefined") this.#byte(TAG.undefined);
    else if (wrapped.type === "commitTs") this.#int64(MAX_INT64);
    else if (wrapped.type === "int64") this.#int64(wrapped.value);
    else if (wrapped.type === "float64") {
      const bytes = wrapped.bytes.swap64();
      this.#float64((at) => bytes.copy(this.#bytes, at));
    } else if (wrapped.type === "bytes") {
      this.#byte(TAG.bytes);
      this.#escaped(wrapped.bytes);
    } else this.#fields(object);
  }

  #fields(object: JsonObject): void {
    this.#byte(TAG.object);
    for (const name of Object.keys(object).sort()) {
      this.#string(name);
      // An empty name would read as the object's end.
      if (name === "") this.#byte(ESCAPED);
      this.append(object[name] ?? null);
    }
    this.#byte(END);
  }

  #number(value: number): void {
    this.#float64((at) => this.#bytes.writeDoubleBE(value, at));
  }

  /** IEEE 754, made to sort: negative numbers inverted, the sign of the others set. */
  #float64(write: (at: number) => void): void {
    this.#byte(TAG.float64);
    this.#reserve(8);
    const at = this.#length;
    write(at);
    const sign = this.#bytes[at] ?? 0;
    if (sign & 0x80) for (let i = at; i < at + 8; i++) this.#bytes[i] = ~(this.#bytes[i] ?? 0);
    else this.#bytes[at] = sign | 0x80;
    this.#length += 8;
  }

  #int64(value: bigint): void {
    if (value === 0n) return this.#byte(TAG.zero);
    const width = widthOf(value);
    this.#byte(value < 0n ? TAG.zero - width : TAG.zero + width);
    const size = 2 ** (width - 1);
    this.#reserve(size);
    for (let shift = BigInt(8 * (size - 1)); shift >= 0n; shift -= 8n) {
      this.#bytes[this.#length++] = Number((value >> shift) & 0xffn);
    }
  }

  #string(text: string): void {
    if (text.includes("\0")) return this.#escaped(Buffer.from(text));
    this.#reserve(text.length * 3 + 1);
    this.#length += this.#bytes.write(text, this.#length);
    this.#bytes[this.#length++] = END;
  }

  #escaped(source: Buffer): void {
    this.#reserve(source.length * 2 + 1);
    for (const byte of source) {
      this.#bytes[this.#length++] = byte;
      if (byte === 0) this.#bytes[this.#length++] = ESCAPED;
    }
    this.#bytes[this.#length++] = END;
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** 1, 2, 3 or 4: the integer takes 1, 2, 4 or 8 bytes. */
function widthOf(value: bigint): number {
  if (BigInt.asIntN(8, value) === value) return 1;
  if (BigInt.asIntN(16, value) === value) return 2;
  return BigInt.asIntN(32, value) === value ? 3 : 4;
}

const writer = new KeyWriter();
