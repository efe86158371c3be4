import { randomFillSync } from "node:crypto";

/** Crockford's base 32, in lower case. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS = new Map(Array.from(ALPHABET, (letter, digit) => [letter, digit]));
const INTERNAL_BYTES = 16;
const FOOTER_BYTES = 2;
const MAX_NUMBER_BYTES = 5;
const MIN_LENGTH = 31;
const MAX_LENGTH = 37;

/**
 * A document id: the table's number (little-endian base 128), 16 bytes of its own and a checksum, in base 32.
 * `internal` is random unless given; it must have 16 bytes.
 */
export function encodeId(tableNumber: number, internal: Uint8Array = randomInternal()): string {
  if (!Number.isInteger(tableNumber) || tableNumber < 1) throw new RangeError(`${tableNumber} is no table number`);
  if (internal.length !== INTERNAL_BYTES) throw new RangeError(`an id has ${INTERNAL_BYTES} bytes of its own`);
  const bytes: number[] = [];
  let rest = tableNumber;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest, ...internal);
  const sum = checksum(bytes);
  bytes.push(sum & 255, sum >> 8);
  return toBase32(bytes);
}

/** The table that an id names; null for a string that is no id. An id means nothing outside its component. */
export function decodeId(id: string): { tableNumber: number } | null {
  if (id.length < MIN_LENGTH || id.length > MAX_LENGTH) return null;
  const bytes = fromBase32(id);
  if (bytes === null) return null;
  const numberBytes = bytes.findIndex((byte) => byte < 128) + 1;
  if (numberBytes < 1 || numberBytes > MAX_NUMBER_BYTES) return null;
  const footer = numberBytes + INTERNAL_BYTES;
  if (bytes.length !== footer + FOOTER_BYTES) return null;
  if (checksum(bytes.slice(0, footer)) !== (bytes[footer] ?? 0) + 256 * (bytes[footer + 1] ?? 0)) return null;
  let tableNumber = 0;
  for (let i = numberBytes - 1; i >= 0; i--) tableNumber = tableNumber * 128 + ((bytes[i] ?? 0) & 127);
  return tableNumber >= 1 && tableNumber < 2 ** 32 ? { tableNumber } : null;
}

/** Random bytes are drawn for many ids at once: one draw costs as much as an id. */
const pool = new Uint8Array(256 * INTERNAL_BYTES);
let drawn = pool.length;

function randomInternal(): Uint8Array {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += INTERNAL_BYTES;
  return pool.subarray(drawn - INTERNAL_BYTES, drawn);
}

/** Fletcher-16 with modulus 256 (not 255), as Convex computes it. */
function checksum(bytes: readonly number[]): number {
  let low = 0;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) & 255;
    high = (high + low) & 255;
  }
  return high * 256 + low;
}

function toBase32(bytes: readonly number[]): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET[(buffer >> (bits - 5)) & 31];
    buffer &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET[(buffer << (5 - bits)) & 31];
}

/** Null when a character is no digit, or when bits that encode nothing are set: one id has one spelling. */
function fromBase32(text: string): number[] | null {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const letter of text) {
    const digit = DIGITS.get(letter);
    if (digit === undefined) return null;
    buffer = (buffer << 5) | digit;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 255);
    buffer &= (1 << bits) - 1;
  }
  return buffer === 0 && bits < 5 ? bytes : null;
}
