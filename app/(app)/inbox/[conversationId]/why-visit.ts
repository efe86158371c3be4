type Opened = { turnId: string; path: string };

/** Remembers which explanation this page opened itself: behind that one, in the history, is the conversation without it. */
export class WhyVisit {
  #opened: Opened | null = null;

  /** Answers how the address is to change. One that takes another's place is reached by going back as the first was. */
  show({ from, to, path }: { from: string | null; to: string; path: string }): "push" | "replace" {
    const goesOn = from !== null;
    if (!goesOn || this.#isOwn({ turnId: from, path })) this.#opened = { turnId: to, path };
    return goesOn ? "replace" : "push";
  }

  /** Whether going back is what closes it. Answers yes once: a second Escape before the page has gone back leads nowhere. */
  leave(shown: Opened): boolean {
    const isOwn = this.#isOwn(shown);
    this.#opened = null;
    return isOwn;
  }

  #isOwn({ turnId, path }: Opened): boolean {
    return this.#opened?.turnId === turnId && this.#opened.path === path;
  }
}
