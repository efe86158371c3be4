/** The formats in which one table comes: a document a line, one array, or comma-separated values. */
import { DeveloperError } from "../../errors.ts";
import type { Json, JsonObject } from "../../types.ts";
import { toConvexValue } from "../../values/export-json.ts";
import { TRANSACTION_LIMITS } from "../../values/limits.ts";
import { parseCsv } from "./csv.ts";
import { requireRow } from "./source.ts";

const NEWLINE = 10;

/** One document of each line. */
export function* readLines(bytes: Buffer, parse: (line: string) => Json): Generator<JsonObject> {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found === -1 ? bytes.length : found;
    yield requireRow(parse(decode(bytes.subarray(start, end))));
    start = end + 1;
  }
}

/** The documents of one JSON array, which production takes only as long as one transaction could write it. */
export function* readArray(bytes: Buffer): Generator<JsonObject> {
  if (bytes.length > TRANSACTION_LIMITS.bytesWritten) {
    throw new DeveloperError(
      `Import is too large for JSON (${bytes.length} bytes > maximum ${TRANSACTION_LIMITS.bytesWritten}). Consider converting data to JSONLines`,
    );
  }
  const array = parseWhole(decode(bytes));
  if (!Array.isArray(array)) throw new DeveloperError("Not a JSON array");
  for (const element of array) yield requireRow(toConvexValue(element));
}

/** A document of each line after the first, which names the fields. What reads as a number is one; fields in `optional` may be empty. */
export function* readCsv(bytes: Buffer, optional: ReadonlySet<string>): Generator<JsonObject> {
  const [header, ...records] = parseCsv(decode(bytes));
  if (header === undefined) throw new DeveloperError("CSV file doesn't have headers");
  const names = header.map((name) => name.replace(/^ +| +$/g, ""));
  for (const record of records) {
    if (record.length !== names.length) throw new DeveloperError("it doesn't have all of the fields in the header");
    const fields = names.map((name, i) => [name, record[i] ?? ""] as const);
    const present = fields.filter(([name, cell]) => cell !== "" || !optional.has(name));
    yield requireRow(toConvexValue(Object.fromEntries(present.map(([name, cell]) => [name, parseCell(cell)]))));
  }
}

/** As Rust reads a float64, since production does; JSON has no word for those that are not finite, and makes them null. */
function parseCell(cell: string): Json {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(cell)) return Number(cell);
  return /^[+-]?(inf|infinity|nan)$/i.test(cell) ? null : cell;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DeveloperError("Import wasn't valid UTF8");
  }
}

function parseWhole(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DeveloperError(`Not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
