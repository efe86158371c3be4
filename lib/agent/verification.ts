// What a draft is judged by.
import type { Language } from "../domain/playbook-language.ts";
import type { KnownFact } from "../domain/qualification-facts.ts";
import type { Draft, Move, TurnInput } from "./types.ts";

export type Verification = {
  draft: Draft;
  move: Move;
  input: TurnInput;
  language: Language;
  facts: readonly KnownFact[];
  /** What the agent said last, to not say it again. */
  lastSaid: readonly string[];
  absence: string | null;
};
