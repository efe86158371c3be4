import { languageOfLocale } from "../../domain/playbook-language.ts";
import type { PlaybookContent } from "../../domain/playbook.ts";
// The offline reading of a turn: message by message, each in the light of the question that was pending.
import type { ReadFact } from "../../domain/qualification-facts.ts";
import type { IntentKind, Source, TurnInput, TurnMessage, Understanding } from "../types.ts";
import { readBusiness } from "./facts-business.ts";
import { readCustomFacts } from "./facts-custom.ts";
import { readNeeds } from "./facts-need.ts";
import { type Found, readPeople } from "./facts-people.ts";
import { readIntents } from "./intents.ts";
import { detectLanguage } from "./language.ts";
import { readObjection, readSentiment } from "./objections.ts";
import { readQuestion } from "./question.ts";
import { readReply, readTime } from "./reply.ts";
import { CanonicalText } from "./text.ts";

type MessageReading = Omit<Understanding, "language" | "spinEvidence">;
type Context = { goal: string | undefined; currency: string; playbook: PlaybookContent };

/** Intents after which a clause is not an answer to an open question. */
const BUSY: ReadonlySet<IntentKind> = new Set([
  "asks_human",
  "opts_out",
  "not_a_lead",
  "abusive",
  "instructs_agent",
  "existing_customer",
  "declines",
  "asks_demo",
  "asks_price",
  "asks_identity",
]);
/** Intents that make a message tell nothing about the lead's business. */
const UNTRUSTED: ReadonlySet<IntentKind> = new Set(["instructs_agent", "abusive", "opts_out", "not_a_lead"]);

/** Everything the new messages of a turn say. Later messages win where only one can stand. */
export function understandOffline(input: TurnInput): Understanding {
  const previous = input.state.language ?? input.playbook.languages[0] ?? languageOfLocale("en");
  const fresh = input.messages.filter(
    (message) => input.newMessageIds.includes(message.id) && message.text !== undefined,
  );
  const language = detectLanguage(
    fresh.map((message) => message.text).join("\n"),
    previous,
    input.state.language !== undefined,
  );
  const currency = input.playbook.prices[0]?.currency ?? (previous === "pt" ? "BRL" : "USD");
  let goal = input.state.pending;
  const readings: MessageReading[] = [];
  for (const message of fresh) {
    const reading = readMessage(message, { goal, currency, playbook: input.playbook });
    if (reading.pendingReply !== "none") goal = undefined;
    readings.push(reading);
  }
  return { language, spinEvidence: [], ...mergeReadings(readings) };
}

function readMessage(message: TurnMessage, context: Context): MessageReading {
  const canon = new CanonicalText(message.text ?? "");
  const intents = readIntents(canon, message.id);
  const objection = readObjection(canon, message.id);
  const question = readQuestion(canon, message.id, intents);
  const has = (kinds: ReadonlySet<IntentKind>) => intents.some((intent) => kinds.has(intent.kind));
  const found = has(UNTRUSTED) ? [] : readFound(canon, context);
  const isBusy = has(BUSY) || question !== null || objection !== null;
  const reply =
    context.goal === undefined || has(UNTRUSTED)
      ? { facts: [], outcome: "none" as const }
      : readReply({ goal: context.goal, canon, found, isBusy, currency: context.currency });
  const isMeetingTalk = context.goal === "meeting" || has(new Set<IntentKind>(["asks_demo"]));
  const times = isMeetingTalk ? readTime(canon) : [];
  const facts = withoutDoubles([...reply.facts, ...times, ...found], context.goal);
  return {
    intents: [...intents, ...timeIntent(times, message.id), ...objectionIntent(objection)],
    objection,
    question,
    sentiment: readSentiment(canon),
    facts: facts.map((fact) => ({ ...fact, messageId: message.id })),
    pendingReply: reply.outcome,
  };
}

function readFound(canon: CanonicalText, context: Context): Found[] {
  return [
    ...readPeople(canon),
    ...readBusiness(canon, context.currency),
    ...readNeeds(canon),
    ...readCustomFacts(canon, context.playbook.customFacts, context.currency),
  ];
}

/** A clause is read once for each key, and an answer to one open question is not also taken for another. */
function withoutDoubles(facts: readonly Found[], goal: string | undefined): Found[] {
  const kept: Found[] = [];
  const goalFirst = facts.toSorted((a, b) => Number(b.key === goal) - Number(a.key === goal));
  for (const fact of goalFirst) {
    const sameKey = kept.some(
      (other) => other.key === fact.key && other.key !== "channels" && other.quote === fact.quote,
    );
    const sameClause =
      OPEN.has(fact.key) &&
      kept.some((other) => other.key === goal && OPEN.has(other.key) && other.quote === fact.quote);
    if (!sameKey && !sameClause) kept.push(fact);
  }
  return kept;
}

const OPEN: ReadonlySet<string> = new Set(["problem", "implication", "desiredOutcome"]);

function timeIntent(times: readonly Found[], messageId: string): ({ kind: IntentKind } & Source)[] {
  const first = times[0];
  return first ? [{ kind: "proposes_time", messageId, quote: first.quote }] : [];
}

function objectionIntent(objection: Understanding["objection"]): ({ kind: IntentKind } & Source)[] {
  return objection ? [{ kind: "objects", messageId: objection.messageId, quote: objection.quote }] : [];
}

function mergeReadings(readings: readonly MessageReading[]): MessageReading {
  const facts: ReadFact[] = readings.flatMap((reading) => [...reading.facts]);
  const outcomes = readings.map((reading) => reading.pendingReply);
  const sentiments = readings.map((reading) => reading.sentiment);
  return {
    intents: readings.flatMap((reading) => reading.intents),
    objection: readings.findLast((reading) => reading.objection)?.objection ?? null,
    question: readings.findLast((reading) => reading.question)?.question ?? null,
    sentiment:
      sentiments.find((sentiment) => sentiment === "negative") ??
      sentiments.find((sentiment) => sentiment === "positive") ??
      "neutral",
    facts,
    pendingReply:
      outcomes.find((outcome) => outcome === "answered") ?? outcomes.find((outcome) => outcome === "refused") ?? "none",
  };
}
