import { isEnabled, type Command } from "./command.ts";

type Source = () => readonly Command[];

/** Asks each source anew every time, so that what runs is what the page shows now. */
export class CommandRegistry {
  readonly #sources = new Set<Source>();

  /** Returns what takes the source out again. */
  add(source: Source): () => void {
    this.#sources.add(source);
    return () => void this.#sources.delete(source);
  }

  /** All that can be done now. Of two commands with one id, the one that came last. */
  list(): Command[] {
    const byId = new Map<string, Command>();
    for (const source of this.#sources) {
      for (const command of source()) byId.set(command.id, command);
    }
    return [...byId.values()].filter(isEnabled);
  }

  /** Does nothing when the command is gone or off by now. */
  run(id: string): void {
    this.list()
      .find((command) => command.id === id)
      ?.run();
  }
}

/** One for the page, as there is one keyboard. */
export const commandRegistry = new CommandRegistry();
