/** What was done last and can still be taken back: `Z` and the toasts of the actions share it. */

type Undoable = {
  id: string;
  undo: () => void;
  /** Epoch ms after which it is too late. */
  until: number;
};

/** A handful is more than anybody remembers having done. */
const limit = 20;

export class UndoStack {
  readonly #entries: Undoable[] = [];

  push(entry: Undoable): void {
    this.drop(entry.id);
    this.#entries.push(entry);
    if (this.#entries.length > limit) this.#entries.shift();
  }

  drop(id: string): void {
    const index = this.#entries.findIndex((entry) => entry.id === id);
    if (index !== -1) this.#entries.splice(index, 1);
  }

  /** Takes the newest entry that is not too late out of the stack; null when there is none. */
  pop(now: number): Undoable | null {
    const index = this.#entries.findLastIndex(({ until }) => until > now);
    return index === -1 ? null : (this.#entries.splice(index, 1)[0] ?? null);
  }
}

export const undoStack = new UndoStack();
