import { applyFactChanges, type FactChange, type KnownFact } from "../../domain/qualification-facts.ts";
// One conversation between a simulated lead and the real pipeline. The clock moves by a minute per turn.
import { newQualification, type QualificationState } from "../../domain/qualification-state.ts";
import { hash } from "../offline/seed.ts";
import { runTurn } from "../turn.ts";
import type { Brain, TurnInput, TurnMessage, TurnResult } from "../types.ts";
import { askedTopic } from "./asked.ts";
import type { SimulatedLead } from "./lead-file.ts";
import { paraphrase } from "./paraphrase.ts";
import { EVALUATION_PLAYBOOKS } from "./playbooks.ts";
import { SeededRandom } from "./random.ts";

const MOST_TURNS = 16;
const MINUTE_MS = 60_000;
/** A Tuesday at 14:00 in São Paulo. */
const START = Date.UTC(2026, 2, 10, 17, 0);

export type Conversation = {
  lead: SimulatedLead;
  messages: readonly TurnMessage[];
  turns: readonly TurnResult[];
  facts: readonly KnownFact[];
  changes: readonly FactChange[];
  state: QualificationState;
  /** Topics in the order the agent asked them, as the lead understood, and whether the lead had told them by then. */
  asked: readonly Asked[];
  /** Fact keys that the lead's words gave, in order. */
  told: readonly string[];
};

export type Asked = { topic: string; wasTold: boolean };

type Log = {
  messages: TurnMessage[];
  turns: TurnResult[];
  changes: FactChange[];
  asked: Asked[];
  told: string[];
};

type Utterance = { texts: readonly string[]; reveals: readonly string[] };

/** Plays until the agent lets go, the lead has nothing more to say, or the talk runs long. */
export async function play(lead: SimulatedLead, seed: number, brain?: Brain): Promise<Conversation> {
  const random = new SeededRandom(seed * 7_919 + hash(lead.id));
  const log: Log = { messages: [], turns: [], changes: [], asked: [], told: [] };
  let facts: KnownFact[] = [];
  let state = newQualification();
  let utterance: Utterance | null = { texts: lead.opening, reveals: [] };
  for (let turn = 1; utterance && turn <= MOST_TURNS; turn += 1) {
    const now = START + turn * MINUTE_MS;
    const fresh = utterance.texts
      .flatMap((text) => paraphrase(text, lead, random))
      .map((text, at) => leadMessage(`${turn}-${at}`, text, now));
    log.messages.push(...fresh);
    log.told.push(...utterance.reveals);
    const result = await runTurn(inputFor({ lead, seed, now, messages: log.messages, fresh, facts, state }), brain);
    log.turns.push(result);
    log.changes.push(...result.factChanges);
    facts = applyFactChanges(facts, result.factChanges);
    state = result.state;
    log.messages.push(...result.messages.map((text, at) => agentMessage(`${turn}-a${at}`, text, now)));
    utterance = isOver(result, lead, turn)
      ? null
      : nextUtterance(lead, { turn: turn + 1, result, asked: log.asked, told: log.told });
  }
  return { lead, ...log, facts, state };
}

function inputFor(turn: {
  lead: SimulatedLead;
  seed: number;
  now: number;
  messages: readonly TurnMessage[];
  fresh: readonly TurnMessage[];
  facts: readonly KnownFact[];
  state: QualificationState;
}): TurnInput {
  const { lead } = turn;
  return {
    conversationId: `${lead.id}-${turn.seed}`,
    now: turn.now,
    playbook: EVALUATION_PLAYBOOKS[lead.playbook],
    playbookVersion: 1,
    contactName: lead.contactName,
    messages: [...turn.messages],
    newMessageIds: turn.fresh.map((message) => message.id),
    facts: turn.facts,
    state: turn.state,
    maxMessageLength: 1_000,
  };
}

/** The lead stays for what the script still holds, e.g. a word after the opt-out that must meet silence. */
function isOver(result: TurnResult, lead: SimulatedLead, turn: number): boolean {
  const hasMore = lead.script.some((entry) => entry.turn > turn);
  const hasLetGo = result.handoff !== null || result.pause !== null || result.optOut || result.move.kind === "close";
  return (hasLetGo || result.messages.length === 0) && !(hasMore && result.optOut);
}

function nextUtterance(
  lead: SimulatedLead,
  at: { turn: number; result: TurnResult; asked: Asked[]; told: readonly string[] },
): Utterance | null {
  const scripted = lead.script.find((entry) => entry.turn === at.turn);
  const topic = askedTopic(at.result.messages);
  const times = at.told.filter((told) => told === topic).length;
  if (topic !== null) at.asked.push({ topic, wasTold: times > 0 });
  if (scripted && !scripted.also) return { texts: [scripted.says], reveals: scripted.reveals };
  const also = scripted ? [scripted.says] : [];
  const replies = topic === null ? undefined : lead.replies[topic];
  const reply = replies?.[Math.min(times, replies.length - 1)];
  if (topic !== null && reply !== undefined)
    return { texts: [reply, ...also], reveals: [topic, ...(scripted?.reveals ?? [])] };
  const spoken = Math.min(at.turn - 2, lead.otherwise.length - 1);
  return { texts: [lead.otherwise[spoken] ?? "ok", ...also], reveals: [] };
}

function leadMessage(id: string, text: string, at: number): TurnMessage {
  return text === "[audio]" ? { id, at, from: "lead", kind: "audio" } : { id, at, from: "lead", kind: "text", text };
}

function agentMessage(id: string, text: string, at: number): TurnMessage {
  return { id, at: at + 1_000, from: "agent", kind: "text", text };
}
