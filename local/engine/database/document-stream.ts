import { parseDocument } from "../values/documents.ts";
import { passes } from "./filters.ts";
import type { Operator } from "./query-json.ts";
import type { RowSource } from "./rows.ts";

/** An operator at work: a limit knows how many documents it let through. */
type Stage = { operator: Operator; passed: number };

/**
 * The documents of a query, as JSON text.
 * Invariant: operators apply in their order, and a limit that is used up takes nothing more from what stands before it.
 */
export class DocumentStream {
  readonly #source: RowSource;
  readonly #stages: readonly Stage[];

  constructor(source: RowSource, operators: readonly Operator[]) {
    this.#source = source;
    this.#stages = operators.map((operator) => ({ operator, passed: 0 }));
  }

  /** The next document; null at the end. */
  next(): string | null {
    return this.#pull(this.#stages.length - 1);
  }

  close(): void {
    this.#source.close();
  }

  /** The next document that all stages up to this one let through. */
  #pull(last: number): string | null {
    const stage = this.#stages[last];
    if (stage === undefined) return this.#source.next()?.json ?? null;
    const { operator } = stage;
    if ("limit" in operator) return stage.passed++ < operator.limit ? this.#pull(last - 1) : null;
    for (;;) {
      const json = this.#pull(last - 1);
      if (json === null || passes(operator.filter, parseDocument(json))) return json;
    }
  }
}
