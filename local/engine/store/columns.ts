import type { SQLOutputValue } from "node:sqlite";

/** Columns whose type the layout promises; anything else is a damaged file, and stops the engine. */
export function textOf(value: SQLOutputValue | undefined): string {
  if (typeof value !== "string") throw new TypeError(`a column holds ${typeof value} instead of text`);
  return value;
}

export function numberOf(value: SQLOutputValue | undefined): number {
  if (typeof value !== "number") throw new TypeError(`a column holds ${typeof value} instead of a number`);
  return value;
}

export function bytesOf(value: SQLOutputValue | undefined): Buffer {
  if (!(value instanceof Uint8Array)) throw new TypeError(`a column holds ${typeof value} instead of bytes`);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
