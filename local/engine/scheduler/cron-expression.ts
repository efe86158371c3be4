import { Cron } from "croner";
import { DeveloperError } from "../errors.ts";

const MONTH = String.raw`(?:\d+|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`;
const WEEKDAY = "(?:[0-6]|sun|mon|tue|wed|thu|fri|sat)";

/** What production reads in each of the five fields; a star in a list, seconds and `@daily` are not among it. */
const FIELDS = [
  fieldOf(String.raw`\d+`),
  fieldOf(String.raw`\d+`),
  fieldOf(String.raw`\d+`, String.raw`LW?|\d+W`),
  fieldOf(MONTH),
  fieldOf(WEEKDAY, `${WEEKDAY}(?:L|#[1-5])`),
];

/**
 * Minute, hour, day of month, month and day of week (0 is Sunday), in UTC; of two restricted kinds of day either will do.
 * Throws `DeveloperError` for what production refuses, and for what only production reads: ranges that wrap around, days
 * counted back from the month's end (`L-3`) and a bare `L` for Saturday.
 */
export function parseCronExpression(identifier: string, expression: string): Cron {
  const unreadable = (reason: string) =>
    new DeveloperError(`Cron "${identifier}" has an expression that cannot be read (${expression}): ${reason}`);
  const fields = expression.split(/[ \t]+/);
  if (fields.length !== FIELDS.length) throw unreadable(`it has ${fields.length} fields and needs ${FIELDS.length}`);
  const odd = fields.find((field, n) => FIELDS[n]?.test(field) !== true);
  if (odd !== undefined) throw unreadable(`it does not know "${odd}" there`);
  try {
    // "Sloppy" is what allows `5/15`, every fifteen from five on.
    return new Cron(expression, { mode: "5-part", timezone: "UTC", sloppyRanges: true });
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

function fieldOf(value: string, special = ""): RegExp {
  const part = String.raw`(?:\*/\d+|${value}(?:-${value})?(?:/\d+)?)`;
  const other = special === "" ? "" : `|${special}`;
  return new RegExp(String.raw`^(?:\*|${part}(?:,${part})*${other})$`, "i");
}
