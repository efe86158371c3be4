import type { LogLevel } from "./types.ts";

const MAX_LINES = 256; // per execution, as in production, the one included that says that there were more
const MAX_LINE_BYTES = 32_768;
/** Ends a line that was longer. */
export const TRUNCATED = " (truncated due to length)";

/** What one execution logged, nested calls included, in the form that clients print: `[LOG] 'hello'`. */
export class LogBuffer {
  readonly lines: string[] = [];
  readonly #onLine: ((line: string) => void) | undefined;
  /** How many lines the function logged; beyond the most, no more is counted. */
  #logged = 0;

  constructor(onLine?: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(level: LogLevel, parts: readonly string[]): void {
    this.#append(`[${level}] ${cut(parts.join(" "))}`);
  }

  /** What production adds of its own: there is always room for it. */
  warn(text: string): void {
    this.#push(`[WARN] ${text}`);
  }

  /** Takes over what another log holds. */
  addAll(other: LogBuffer): void {
    for (const line of other.lines) this.#append(line);
  }

  #append(text: string): void {
    if (this.#logged === MAX_LINES) return;
    this.#logged++;
    const isLast = this.#logged === MAX_LINES;
    this.#push(isLast ? `[ERROR] Log overflow (maximum ${MAX_LINES}). Remaining log lines omitted.` : text);
  }

  #push(line: string): void {
    this.lines.push(line);
    this.#onLine?.(line);
  }
}

/** Says so when it leaves something out, and leaves no half of a character. */
function cut(text: string): string {
  // No character takes more than three bytes of UTF-8 for each of its UTF-16 units.
  if (text.length * 3 <= MAX_LINE_BYTES || Buffer.byteLength(text) <= MAX_LINE_BYTES) return text;
  const kept = new Uint8Array(MAX_LINE_BYTES - TRUNCATED.length);
  const { read } = new TextEncoder().encodeInto(text, kept);
  return text.slice(0, read) + TRUNCATED;
}
