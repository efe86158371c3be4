import type { JsonObject } from "../types.ts";

/** What an object of the JSON encoding stands for: one of the values that plain JSON cannot say, or an object proper. */
export type Wrapped =
  | { type: "object" }
  | { type: "undefined" }
  | { type: "commitTs" }
  | { type: "int64"; value: bigint }
  /** Eight bytes, little-endian: a NaN keeps its bits. */
  | { type: "float64"; bytes: Buffer }
  | { type: "bytes"; bytes: Buffer };

const OBJECT: Wrapped = { type: "object" };
const UNDEFINED: Wrapped = { type: "undefined" };
const COMMIT_TS: Wrapped = { type: "commitTs" };
const DOLLAR = 36;

/** Tells the encodings `$integer`, `$float`, `$bytes`, `$undefined` and `$commitTs` from an object with fields of its own. */
export function unwrap(object: JsonObject): Wrapped {
  for (const key in object) {
    return key.charCodeAt(0) === DOLLAR ? unwrapAs(key, object) : OBJECT;
  }
  return OBJECT;
}

/** The JSON encoding of an int64; a value beyond 64 bits wraps around, as it does in production. */
export function wrapInt64(value: bigint): JsonObject {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64LE(BigInt.asIntN(64, value));
  return { $integer: bytes.toString("base64") };
}

/** The JSON encoding of a float64: a plain number unless JSON has no word for it. */
export function wrapFloat64(value: number): number | JsonObject {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleLE(value);
  return { $float: bytes.toString("base64") };
}

function unwrapAs(key: string, object: JsonObject): Wrapped {
  if (key === "$undefined") return UNDEFINED;
  if (key === "$commitTs") return COMMIT_TS;
  const encoded = object[key];
  if (typeof encoded !== "string") return OBJECT;
  const bytes = Buffer.from(encoded, "base64");
  if (key === "$bytes") return { type: "bytes", bytes };
  if (bytes.length !== 8) return OBJECT;
  if (key === "$integer") return { type: "int64", value: bytes.readBigInt64LE() };
  if (key === "$float") return { type: "float64", bytes };
  return OBJECT;
}
