// When a talk goes nowhere: turn after turn in which the lead tells nothing, or the same words again and again.
import type { KnownFact } from "../domain/qualification-facts.ts";
import { intentKinds } from "./offline/intents.ts";
import { isEmptyTalk } from "./offline/plausible.ts";
import { CanonicalText } from "./offline/text.ts";
import type { IntentKind, TurnMessage } from "./types.ts";

/** Turns in a row without anything told, after which a person would stop asking. */
const QUIET_TURNS = 4;
/** The same words in as many turns in a row are enough, when they are more than "ok". */
const SAME_WORDS_TURNS = 3;
/** Share of words two texts have in common to be the same thing said again, slips and shorthand aside. */
const SAME_WORDS = 0.6;

type LeadTurn = { text: string; isQuiet: boolean };

/** Whether the lead's latest turns lead nowhere; `facts` are those known after this turn. */
export function isStalled(messages: readonly TurnMessage[], facts: readonly KnownFact[]): boolean {
  const turns = leadTurns(messages, facts);
  const quiet = turns.length - 1 - turns.findLastIndex((turn) => !turn.isQuiet);
  if (quiet >= QUIET_TURNS) return true;
  const last = turns.slice(-SAME_WORDS_TURNS);
  const first = last[0];
  if (quiet < SAME_WORDS_TURNS || !first || isEmptyTalk(first.text)) return false;
  return last.every((turn) => likeness(turn.text, first.text) >= SAME_WORDS);
}

/** Whether the lead ever spoke as one who is not here to buy: gave orders to the agent, or insulted it. */
export function wasUntrusted(messages: readonly TurnMessage[]): boolean {
  const texts = messages.filter((message) => message.from === "lead").map((message) => message.text ?? "");
  return texts.some((text) => intentKinds(new CanonicalText(text).text).some((kind) => UNTRUSTED.has(kind)));
}

const UNTRUSTED: ReadonlySet<IntentKind> = new Set(["instructs_agent", "abusive"]);

/** The lead's messages joined by turn: one ends where somebody else speaks. A question is not silence. */
function leadTurns(messages: readonly TurnMessage[], facts: readonly KnownFact[]): LeadTurn[] {
  const turns: LeadTurn[] = [];
  let isOpen = false;
  for (const message of messages) {
    if (message.from !== "lead") {
      isOpen = false;
      continue;
    }
    const text = new CanonicalText(message.text ?? "").text;
    const isQuiet =
      !text.includes("?") && message.kind === "text" && !facts.some((fact) => fact.messageId === message.id);
    const current = turns.at(-1);
    if (isOpen && current)
      turns[turns.length - 1] = { text: `${current.text} ${text}`, isQuiet: current.isQuiet && isQuiet };
    else turns.push({ text, isQuiet });
    isOpen = true;
  }
  return turns;
}

/** Jaccard index of the words. */
function likeness(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const all = new Set([...left, ...right]);
  return all.size === 0 ? 0 : [...left].filter((word) => right.has(word)).length / all.size;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.match(/[a-z0-9']+/g) ?? []);
}
