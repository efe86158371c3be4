import { languageOfLocale } from "../../domain/playbook-language.ts";
import type { PlaybookContent } from "../../domain/playbook.ts";
// The offline reading of a turn: message by message, each in the light of the question that was pending.
import type { ReadFact } from "../../domain/qualification-facts.ts";
import type { IntentKind, Source, TurnInput, TurnMessage, Understanding } from "../types.ts";
import { readStrangerWish } from "./acts-strangers.ts";
import { readBusiness } from "./facts-business.ts";
import { readCustomFacts } from "./facts-custom.ts";
import { readNeeds } from "./facts-need.ts";
import { type Found, readPeople } from "./facts-people.ts";
import { readIntents } from "./intents.ts";
import { followLanguage } from "./language.ts";
import { readObjection, readSentiment } from "./objections.ts";
import { readQuestion } from "./question.ts";
import { readReply } from "./reply.ts";
import { readBareTeamSize } from "./team-size.ts";
import { CanonicalText } from "./text.ts";
import { readTime, readTimeOfWish } from "./times.ts";

type MessageReading = Omit<Understanding, "language" | "spinEvidence">;
type Intent = { kind: IntentKind } & Source;
type Context = { goal: string | undefined; currency: string; playbook: PlaybookContent };

/** Intents that make a message tell nothing about the lead's business. */
const UNTRUSTED: ReadonlySet<IntentKind> = new Set([
  "instructs_agent",
  "abusive",
  "opts_out",
  "not_a_lead",
  "existing_customer",
]);

/** Everything the new messages of a turn say. Later messages win where only one can stand. */
export function understandOffline(input: TurnInput): Understanding {
  const fallback = input.playbook.languages[0] ?? languageOfLocale("en");
  const fresh = input.messages.filter(
    (message) => input.newMessageIds.includes(message.id) && message.text !== undefined,
  );
  const language = followLanguage({
    fresh: fresh.map((message) => message.text ?? ""),
    earlier: earlierTexts(input),
    settled: input.state.language,
    fallback,
  });
  const previous = input.state.language ?? fallback;
  const currency = input.playbook.prices[0]?.currency ?? (previous === "pt" ? "BRL" : "USD");
  let goal = input.state.pending;
  const readings: MessageReading[] = [];
  for (const message of fresh) {
    const reading = readMessage(message, { goal, currency, playbook: input.playbook });
    if (reading.pendingReply === "answered" || reading.pendingReply === "refused") goal = undefined;
    readings.push(reading);
  }
  const merged = mergeReadings(readings);
  return { language, spinEvidence: [], ...merged, facts: countedTogether(merged.facts, fresh, input.state.pending) };
}

/** "4 sellers," and "2 assistants and me" may come as two messages: a team is counted over the whole turn. */
function countedTogether(
  facts: readonly ReadFact[],
  fresh: readonly TurnMessage[],
  goal: string | undefined,
): ReadFact[] {
  const sizes = facts.filter((fact) => fact.key === "teamSize");
  const first = sizes[0];
  if (goal !== "teamSize" || fresh.length < 2 || !first) return [...facts];
  const all = new CanonicalText(fresh.map((message) => message.text ?? "").join(", "));
  const value = readBareTeamSize(all)[0]?.value ?? first.value;
  return [...facts.filter((fact) => fact.key !== "teamSize"), { ...first, value }];
}

function earlierTexts(input: TurnInput): string[] {
  return input.messages.flatMap((message) =>
    message.from === "lead" && !input.newMessageIds.includes(message.id) && message.text !== undefined
      ? [message.text]
      : [],
  );
}

function readMessage(message: TurnMessage, context: Context): MessageReading {
  const canon = new CanonicalText(message.text ?? "");
  const intents = readAllIntents(canon, message.id, context.playbook);
  const objection = readObjection(canon, message.id);
  const question = readQuestion(canon, message.id, intents);
  const has = (kinds: ReadonlySet<IntentKind>) => intents.some((intent) => kinds.has(intent.kind));
  const isTrusted = !has(UNTRUSTED);
  const found = isTrusted ? readFound(canon, context) : [];
  const reply =
    context.goal === undefined || !isTrusted
      ? { facts: [], outcome: "none" as const }
      : readReply({
          goal: context.goal,
          canon,
          found,
          intents: intents.map(({ kind }) => kind),
          objection: objection?.kind ?? null,
          currency: context.currency,
        });
  const times = readTimes(canon, context.goal, intents);
  const facts = isTrusted ? withoutDoubles([...reply.facts, ...times, ...found], context.goal) : [];
  return {
    intents: [...intents, ...timeIntent(times, message.id), ...objectionIntent(objection)],
    objection,
    question,
    sentiment: readSentiment(canon),
    facts: facts.map((fact) => ({ ...fact, messageId: message.id })),
    pendingReply: reply.outcome,
  };
}

/** A wish for a trade that is not ours makes a stranger, and only the playbook tells what is ours. */
function readAllIntents(canon: CanonicalText, messageId: string, playbook: PlaybookContent): Intent[] {
  const all = readIntents(canon, messageId);
  const asksWhoWeAre = all.some((intent) => intent.kind === "asks_identity");
  const intents = asksWhoWeAre
    ? all.filter(({ kind, quote }) => !(kind === "asks_human" && A_PERSON.test(quote)) && kind !== "abusive")
    : all;
  if (intents.some((intent) => intent.kind === "not_a_lead")) return intents;
  const wish = readStrangerWish(canon, playbook);
  return wish ? [...intents, { kind: "not_a_lead", messageId, quote: canon.quote(wish.start, wish.end) }] : intents;
}

/** "Are you a real person?" asks who we are, not for anybody else. */
const A_PERSON = /^(?:an? )?(?:real|actual|live) (?:person|human|agent)$/i;

/** A time for the meeting: as the reply to our question, or said along with the wish to meet. */
function readTimes(canon: CanonicalText, goal: string | undefined, intents: readonly Intent[]): Found[] {
  if (goal === "meeting") return readTime(canon);
  const demo = intents.find((intent) => intent.kind === "asks_demo");
  const at = demo ? canon.source.indexOf(demo.quote) : -1;
  return demo && at !== -1 ? readTimeOfWish(canon, at) : [];
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
  const company = facts.find((fact) => fact.key === "company");
  const isCompany = (fact: Found) => fact.key === "name" && fact.value === company?.value;
  const goalFirst = facts.toSorted((a, b) => Number(b.key === goal) - Number(a.key === goal));
  for (const fact of goalFirst) {
    const sameKey = kept.some(
      (other) => other.key === fact.key && other.key !== "channels" && other.quote === fact.quote,
    );
    const sameClause =
      OPEN.has(fact.key) &&
      kept.some((other) => other.key === goal && OPEN.has(other.key) && other.quote === fact.quote);
    if (!sameKey && !sameClause && !isCompany(fact)) kept.push(fact);
  }
  return kept;
}

const OPEN: ReadonlySet<string> = new Set(["problem", "implication", "desiredOutcome"]);

function timeIntent(times: readonly Found[], messageId: string): Intent[] {
  const first = times[0];
  return first ? [{ kind: "proposes_time", messageId, quote: first.quote }] : [];
}

function objectionIntent(objection: Understanding["objection"]): Intent[] {
  return objection ? [{ kind: "objects", messageId: objection.messageId, quote: objection.quote }] : [];
}

const PLAINEST_FIRST = ["answered", "refused", "unclear"] as const;

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
    pendingReply: PLAINEST_FIRST.find((outcome) => outcomes.includes(outcome)) ?? "none",
  };
}
