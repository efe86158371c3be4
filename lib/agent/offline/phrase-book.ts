// What a phrase book holds. Lists are variants: the conversation's seed picks one.
import type { ObjectionKind, Price } from "../../domain/playbook.ts";

export type Phrases = {
  /** "Oi, Marina!" from "Marina"; without a name "Oi!". */
  hello: (name: string | null) => readonly string[];
  introduction: (agent: string, company: string) => readonly string[];
  /** Short sentences that show the answer was heard, by the fact it gave. `value` is the fact as it would be said. */
  heard: Readonly<Record<string, (value: string) => readonly string[]>>;
  heardAnything: readonly string[];
  /** After "I would rather not say". */
  noPressure: readonly string[];
  /** Before a question that is put a second time. */
  askAgain: readonly string[];
  from: string;
  period: Readonly<Record<Price["period"], string>>;
  prices: (lines: readonly string[]) => readonly string[];
  priceByTeam: readonly string[];
  /** The playbook does not describe the offer in this language. */
  offerByTeam: readonly string[];
  noDiscount: readonly string[];
  identity: (agent: string, company: string) => readonly string[];
  privacy: (company: string) => readonly string[];
  hours: (hours: string) => readonly string[];
  link: (url: string) => readonly string[];
  unknown: readonly string[];
  objection: Readonly<Record<ObjectionKind, readonly string[]>>;
  askForTime: Readonly<Record<1 | 2, readonly string[]>>;
  optedOut: readonly string[];
  boundary: readonly string[];
  askForText: Readonly<Record<"audio" | "other", readonly string[]>>;
  handOff: {
    person: readonly string[];
    meeting: (time: string | null) => readonly string[];
    customer: readonly string[];
    unanswered: readonly string[];
    media: readonly string[];
    language: (company: string) => readonly string[];
    missing: readonly string[];
  };
  close: {
    stranger: readonly string[];
    unfit: readonly string[];
    later: readonly string[];
    declined: readonly string[];
  };
};
