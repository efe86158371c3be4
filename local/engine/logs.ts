import type { LogLevel } from "./types.ts";

const MAX_LINES = 256; // per execution, as in production
const MAX_LINE_LENGTH = 32_768; // characters

/** What one execution logged, nested calls included, in the form that clients print: `[LOG] 'hello'`. */
export class LogBuffer {
  readonly lines: string[] = [];
  readonly #onLine: ((line: string) => void) | undefined;

  constructor(onLine?: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(level: LogLevel, parts: readonly string[]): void {
    this.#append(`[${level}] ${parts.join(" ")}`.slice(0, MAX_LINE_LENGTH));
  }

  /** Takes over what another log holds. */
  addAll(other: LogBuffer): void {
    for (const line of other.lines) this.#append(line);
  }

  #append(text: string): void {
    if (this.lines.length > MAX_LINES) return;
    const isLast = this.lines.length === MAX_LINES;
    const line = isLast ? `[ERROR] Log overflow (maximum ${MAX_LINES}). Remaining log lines omitted.` : text;
    this.lines.push(line);
    this.#onLine?.(line);
  }
}
