// The parts of a snapshot that several steps look at, worked out once.
import type { TurnInput, TurnMessage } from "./types.ts";

export type Gathered = {
  fresh: readonly TurnMessage[];
  /** What the agent said in its last turn, oldest first. */
  lastSaid: readonly string[];
  /** Turns the agent has taken in this conversation. */
  turnsTaken: number;
  /** Fresh messages with nothing to read in them. */
  unread: readonly TurnMessage[];
};

/** Characters of a lead's message that are read. Patterns take time that grows faster than the text does. */
export const MOST_READ = 3_000;

/** The messages as far as they are read: nobody keeps the agent busy with a text that no person would read either. */
export function readable(messages: readonly TurnMessage[]): TurnMessage[] {
  return messages.map((message) =>
    message.from === "lead" && message.text !== undefined && message.text.length > MOST_READ
      ? { ...message, text: message.text.slice(0, MOST_READ) }
      : message,
  );
}

export function gather(input: TurnInput): Gathered {
  const fresh = input.messages.filter((message) => message.from === "lead" && input.newMessageIds.includes(message.id));
  const turns = agentTurns(input.messages);
  return {
    fresh,
    lastSaid: (turns.at(-1) ?? []).map((message) => message.text ?? ""),
    turnsTaken: turns.length,
    unread: fresh.filter((message) => !message.text?.trim()),
  };
}

/** Messages of the agent grouped by turn: a turn ends where the lead or a member speaks. */
export function agentTurns(messages: readonly TurnMessage[]): TurnMessage[][] {
  const turns: TurnMessage[][] = [];
  let previous: TurnMessage["from"] | null = null;
  for (const message of messages) {
    if (message.from === "agent") {
      const current = turns.at(-1);
      if (previous === "agent" && current) current.push(message);
      else turns.push([message]);
    }
    previous = message.from;
  }
  return turns;
}
