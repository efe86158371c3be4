/** Values, times and numbers as people read them. */

const ID = /^[0-9a-hjkmnp-tv-z]{31,37}$/;
const CELL_LENGTH = 120;

/** Whether a text may be a document's id; whether there is such a document is for the engine to say. */
export function looksLikeId(text: string): boolean {
  return ID.test(text);
}

/** Enough of an id to tell it from others beside it. */
export function shortId(id: string): string {
  return `${id.slice(0, 8)}…`;
}

/** A value on one line, cut where it gets long. */
export function cellText(value: unknown): string {
  if (typeof value === "string" && looksLikeId(value)) return shortId(value);
  const text = typeof value === "string" ? value : valueText(value);
  return text.length > CELL_LENGTH ? `${text.slice(0, CELL_LENGTH)}…` : text;
}

/** A value on one line, whole; strings are quoted. */
export function valueText(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof ArrayBuffer) return `${value.byteLength} bytes`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${valueText(field)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** Milliseconds, with as many digits as matter. */
export function durationText(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(0)} s`;
  if (ms >= 1_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`;
}

/** Local date and time, sortable by eye. */
export function timeText(epochMs: number): string {
  const at = new Date(epochMs);
  if (Number.isNaN(at.getTime())) return String(epochMs);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Where a function is, for people: the app's own without a prefix. */
export function functionText(component: string, path: string): string {
  const name = path.replace(/:default$/, "");
  return component === "" ? name : `${component} / ${name}`;
}

/** A cron's schedule as its author would say it. */
export function scheduleText({ type, ...rest }: Record<string, unknown>): string {
  if (type === "cron") return String(rest["cron"]);
  const parts = Object.entries(rest).map(([name, value]) => `${name} ${valueText(value)}`);
  return `${String(type)}: ${parts.join(", ")}`;
}
