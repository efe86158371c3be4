// No quote, no fact: what a brain says it read must be in the lead's own new words, letter for letter.
import type { Source, TurnInput, Understanding } from "./types.ts";

/** The understanding without anything whose quote is not in the message it names. */
export function verifyQuotes(understanding: Understanding, input: TurnInput): Understanding {
  const texts = new Map(
    input.messages
      .filter((message) => message.from === "lead" && input.newMessageIds.includes(message.id))
      .map((message) => [message.id, message.text ?? ""]),
  );
  const isProven = ({ messageId, quote }: Source) => quote !== "" && (texts.get(messageId) ?? "").includes(quote);
  return {
    ...understanding,
    facts: understanding.facts.filter(isProven),
    intents: understanding.intents.filter(isProven),
    spinEvidence: understanding.spinEvidence.filter(isProven),
    objection: understanding.objection && isProven(understanding.objection) ? understanding.objection : null,
    question: understanding.question && isProven(understanding.question) ? understanding.question : null,
  };
}
