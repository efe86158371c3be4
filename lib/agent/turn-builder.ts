// Builders for suites: a snapshot from a short script of who said what.
import { newQualification } from "../domain/qualification-state.ts";
import { EVALUATION_PLAYBOOKS } from "./evaluation/playbooks.ts";
import type { TurnInput, TurnMessage, Understanding } from "./types.ts";

/** Tuesday 2026-03-10 14:00 in São Paulo: the team is at work. */
export const TUESDAY_AFTERNOON = Date.UTC(2026, 2, 10, 17, 0);
const MINUTE_MS = 60_000;

/** Lines are `lead: …` or `agent: …` (`lead: [audio]` for a voice note), a minute apart; lead lines at the end are new. */
export function makeTurn(lines: readonly string[], changes: Partial<TurnInput> = {}): TurnInput {
  const messages = lines.map((line, at): TurnMessage => {
    const from = line.startsWith("agent:") ? "agent" : line.startsWith("member:") ? "member" : "lead";
    const text = line.slice(line.indexOf(":") + 1).trim();
    const base = { id: `m${at}`, at: TUESDAY_AFTERNOON - (lines.length - at) * MINUTE_MS, from } as const;
    return text === "[audio]" ? { ...base, kind: "audio" } : { ...base, kind: "text", text };
  });
  const lastOther = messages.findLastIndex((message) => message.from !== "lead");
  return {
    conversationId: "conversation-1",
    now: TUESDAY_AFTERNOON,
    playbook: EVALUATION_PLAYBOOKS.nexa,
    playbookVersion: 3,
    messages,
    newMessageIds: messages.slice(lastOther + 1).map((message) => message.id),
    facts: [],
    state: newQualification(),
    maxMessageLength: 1_000,
    ...changes,
  };
}

/** An understanding of nothing in particular. */
export function makeUnderstanding(changes: Partial<Understanding> = {}): Understanding {
  return {
    language: "pt",
    intents: [],
    objection: null,
    sentiment: "neutral",
    facts: [],
    spinEvidence: [],
    question: null,
    pendingReply: "none",
    ...changes,
  };
}
