/**
 * Where a provider's untyped bytes become values. Readers never throw and never guess: what is absent or of another type is
 * `undefined`, so that a parser says once what it needs and a strange payload loses only the strange field.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json | undefined };

/** `undefined` when the text is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** The same for bytes, which must be UTF-8. */
export function parseJsonBytes(bytes: Uint8Array): Json | undefined {
  try {
    return parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}

export function objectAt(object: JsonObject | undefined, key: string): JsonObject | undefined {
  return asObject(object?.[key]);
}

export function listAt(object: JsonObject | undefined, key: string): Json[] {
  const value = object?.[key];
  return Array.isArray(value) ? value : [];
}

/** Text that says something: an empty string counts as absent. */
export function textAt(object: JsonObject | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A finite number, written as a number or as decimal text. */
export function numberAt(object: JsonObject | undefined, key: string): number | undefined {
  return readNumber(object?.[key]);
}

/** Also reads the `{ low, high, unsigned }` form in which protobuf libraries write 64-bit numbers. */
export function readNumber(value: Json | undefined): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string") return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  const long = asObject(value);
  if (typeof long?.low !== "number" || typeof long.high !== "number") return undefined;
  return long.high * 2 ** 32 + (long.low >>> 0);
}
