import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const COALESCE_MS = 25;

/**
 * An emulator's state on disk. The file is always a whole one: it is written beside and renamed over. Saves that follow each other within
 * 25 ms become one write, so a crash can lose at most that much; `flush` writes what is waiting.
 */
export class JsonFile {
  readonly #path: string;
  #waiting: { snapshot: () => unknown; timer: NodeJS.Timeout } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** The stored value, or undefined when nothing was stored yet. Throws on a file that is not JSON. */
  load(): unknown {
    try {
      return JSON.parse(readFileSync(this.#path, "utf8"));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Stores what `snapshot` returns at the time of writing. */
  save(snapshot: () => unknown): void {
    const timer = this.#waiting?.timer ?? setTimeout(() => this.flush(), COALESCE_MS).unref();
    this.#waiting = { snapshot, timer };
  }

  flush(): void {
    if (!this.#waiting) return;
    const { snapshot, timer } = this.#waiting;
    clearTimeout(timer);
    this.#waiting = undefined;
    mkdirSync(dirname(this.#path), { recursive: true });
    const draft = `${this.#path}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(snapshot()));
    renameSync(draft, this.#path);
  }

  /** Forgets everything, also what is waiting to be written. */
  remove(): void {
    clearTimeout(this.#waiting?.timer);
    this.#waiting = undefined;
    rmSync(this.#path, { force: true });
  }
}
