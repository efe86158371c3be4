import type { Json, JsonObject } from "../types.ts";
import { UNDEFINED, type Value } from "./encoding.ts";
import { unwrap } from "./wrapped.ts";

/** A value the way production prints it in messages: `{name: "Ada", age: 36.0}`. */
export function displayValue(value: Value): string {
  if (value === UNDEFINED) return "undefined";
  if (typeof value === "number") return displayFloat(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return Array.isArray(value) ? `[${value.map(displayValue).join(", ")}]` : displayObject(value);
}

/** The type's name in the messages of filter expressions. */
export function typeNameOf(value: Value): string {
  if (value === UNDEFINED) return "undefined";
  if (value === null) return "null";
  if (typeof value === "number") return "float64";
  if (typeof value !== "object") return typeof value;
  if (Array.isArray(value)) return "array";
  const { type } = unwrap(value);
  return type === "commitTs" ? "int64" : type;
}

/** A size in the messages about limits: `16.5 MiB`. */
export function displayBytes(bytes: number): string {
  return `${Number((bytes / 1024 / 1024).toFixed(2))} MiB`;
}

function displayObject(object: JsonObject): string {
  const wrapped = unwrap(object);
  if (wrapped.type === "undefined") return "undefined";
  if (wrapped.type === "commitTs") return "<commit timestamp>";
  if (wrapped.type === "int64") return String(wrapped.value);
  if (wrapped.type === "float64") return displayFloat(wrapped.bytes.readDoubleLE());
  if (wrapped.type === "bytes") return `b"${escapeBytes(wrapped.bytes)}"`;
  const fields = Object.keys(object).sort();
  return `{${fields.map((name) => `${name}: ${displayValue(fieldOf(object, name))}`).join(", ")}}`;
}

function fieldOf(object: JsonObject, name: string): Json {
  return object[name] ?? null;
}

/** As Rust's `{:?}` does: whole floats with a fraction, 36 is `36.0`, and the very large and the very small with an exponent. */
function displayFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const magnitude = Math.abs(value);
  if (magnitude >= 1e16 || (magnitude > 0 && magnitude < 1e-4)) return value.toExponential().replace("e+", "e");
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function escapeBytes(bytes: Buffer): string {
  let text = "";
  for (const byte of bytes) {
    const printable = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += printable ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return text;
}
