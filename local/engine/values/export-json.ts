/**
 * Documents as snapshots hold them: plain JSON in which a number with a dot or an exponent is a float64, one without is
 * an int64. `$float` and `$bytes` wrap only what JSON has no word for.
 */
import { DeveloperError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";
import { unwrap, wrapFloat64, wrapInt64 } from "./wrapped.ts";

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
/** Of text that is JSON: its strings, and its numbers. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** One line of text for a value in Convex's JSON encoding. */
export function toExportJson(value: Json): string {
  if (typeof value === "number") return withDot(JSON.stringify(value));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(toExportJson).join()}]`;
  const wrapped = unwrap(value);
  switch (wrapped.type) {
    case "int64":
      return String(wrapped.value);
    case "float64":
      return Object.is(wrapped.bytes.readDoubleLE(), -0) ? "-0.0" : JSON.stringify(value);
    case "object":
      return `{${Object.entries(value)
        .map(([name, field]) => `${JSON.stringify(name)}:${toExportJson(field)}`)
        .join()}}`;
    default:
      return JSON.stringify(value);
  }
}

/** The value, in Convex's JSON encoding with sorted fields, of a line that `toExportJson` or production wrote. Throws a `DeveloperError`. */
export function parseExportJson(text: string): Json {
  parseJson(text);
  const marked = text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : markNumber(token)));
  return canonical(parseJson(marked), { takesWrapped: true });
}

/** As `parseExportJson`, for JSON of anybody else: every number is a float64, and there is nothing that wraps a value. */
export function parsePlainJson(text: string): Json {
  return toConvexValue(parseJson(text));
}

/** What has been read as plain JSON as Convex keeps it. Throws a `DeveloperError` for what it cannot keep. */
export function toConvexValue(value: Json): Json {
  return canonical(value, { takesWrapped: false });
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DeveloperError(`not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function withDot(number: string): string {
  return /[.e]/.test(number) ? number : `${number}.0`;
}

/** A number of the text as JSON for Convex's own encoding. */
function markNumber(token: string): string {
  const integer = /^-?\d+$/.test(token) && token !== "-0" ? BigInt(token) : null;
  const fits = integer !== null && integer >= MIN_INT64 && integer <= MAX_INT64;
  return fits ? JSON.stringify(wrapInt64(integer)) : token;
}

function canonical(value: Json, options: { takesWrapped: boolean }): Json {
  if (typeof value === "number") return canonicalNumber(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((element) => canonical(element, options));
  const names = Object.keys(value);
  if (names[0]?.startsWith("$") === true && options.takesWrapped) return requireWrapped(value);
  return Object.fromEntries(names.toSorted().map((name) => [name, canonical(value[name] ?? null, options)]));
}

function canonicalNumber(value: number): Json {
  if (!Number.isFinite(value)) throw new DeveloperError("number out of range");
  return wrapFloat64(value);
}

function requireWrapped(value: JsonObject): Json {
  const wrapped = unwrap(value);
  const isWhole = Object.keys(value).length === 1;
  if (isWhole && wrapped.type === "int64") return wrapInt64(wrapped.value);
  if (isWhole && wrapped.type === "float64") return canonicalFloat(wrapped.bytes);
  if (isWhole && wrapped.type === "bytes" && value["$bytes"] === wrapped.bytes.toString("base64")) return value;
  throw new DeveloperError(`${JSON.stringify(value)} stands for no Convex value`);
}

/** A NaN keeps its bits. */
function canonicalFloat(bytes: Buffer): Json {
  const float = bytes.readDoubleLE();
  return Number.isNaN(float) ? { $float: bytes.toString("base64") } : wrapFloat64(float);
}
