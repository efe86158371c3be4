// Wording by template: deterministic for a conversation, different from one conversation and one turn to the next.
// It says nothing that the move, the playbook or the lead did not bring.
import { formatMoney } from "../../domain/money.ts";
import type { FactValue } from "../../domain/qualification-facts.ts";
import { LOCALES } from "../answers.ts";
import { gather } from "../gather.ts";
import type { Answer, Ask, HandoffReason, Move, WriteRequest } from "../types.ts";
import type { Phrases } from "./phrase-book.ts";
import { PHRASES } from "./phrases.ts";
import { choose } from "./seed.ts";

/** What the words of one turn depend on. */
type Voice = {
  request: WriteRequest;
  words: Phrases;
  turn: number;
  pick: (variants: readonly string[], salt: string) => string;
};

/** Most telling first: one acknowledgement is enough. */
const ACKNOWLEDGED = [
  "problem",
  "implication",
  "desiredOutcome",
  "name",
  "company",
  "teamSize",
  "currentSolution",
  "monthlyBudget",
  "decisionMaker",
  "segment",
  "timeline",
  "channels",
  "email",
  "role",
];

/** One to three short messages for any move but silence, for which there are none. */
export function writeFromTemplate(request: WriteRequest): string[] {
  const words = PHRASES[request.language];
  const turn = gather(request.input).turnsTaken;
  const said = request.input.messages.filter(({ from }) => from === "agent").map(({ text }) => text ?? "");
  const pick: Voice["pick"] = (variants, salt) => {
    const unsaid = variants.filter((variant) => !said.some((text) => text.includes(inTone(variant, request))));
    return choose(unsaid.length > 0 ? unsaid : variants, `${request.input.conversationId}/${salt}`, turn);
  };
  const voice: Voice = { request, words, turn, pick };
  const body = writeMove(request.move, voice);
  if (body.length === 0) return [];
  const messages = opensConversation(request.move, turn) ? [greeting(voice), ...body] : body;
  return limited(messages, voice).map((message) => inTone(message, request));
}

function writeMove(move: Move, voice: Voice): string[] {
  const { words, pick } = voice;
  switch (move.kind) {
    case "stay_silent":
      return [];
    case "confirm_opt_out":
      return [pick(words.optedOut, "opt-out")];
    case "set_boundary":
      return [pick(words.boundary, "boundary")];
    case "close":
      return [pick(words.close[closing(move)], "close")];
    case "ask_for_text":
      return [pick(words.askForText[move.media === "audio" ? "audio" : "other"], "text")];
    case "hand_off":
      return withAbsence(pick(handOffWords(move, voice), "hand-off"), voice);
    case "answer":
      return writeAnswer(move, voice);
    case "handle_objection":
      return [
        move.text ?? pick(words.objection[move.objection], "objection"),
        ...(move.next ? [move.next.wording] : []),
      ];
    case "ask_for_time":
      return [acknowledged(pick(words.askForTime[move.attempt], "time"), voice)];
    case "ask":
      return [askedWell(move.ask, voice)];
  }
}

/** A question does not follow an answer that already asks something. */
function writeAnswer(move: Extract<Move, { kind: "answer" }>, voice: Voice): string[] {
  const answer = voice.pick(answerWords(move.answer, voice), "answer");
  if (move.next === null || answer.includes("?")) return [answer];
  const question = move.next === "meeting" ? voice.pick(voice.words.askForTime[1], "time") : move.next.wording;
  return [answer, question];
}

function answerWords(answer: Answer, voice: Voice): readonly string[] {
  const { words, request } = voice;
  const { agentName, company } = request.input.playbook;
  switch (answer.source) {
    case "offer":
    case "faq":
      return [answer.text];
    case "prices":
      return words.prices(answer.lines);
    case "hours":
      return words.hours(answer.text);
    case "link":
      return words.link(answer.url);
    case "identity":
      return words.identity(agentName, company.name);
    case "privacy":
      return words.privacy(company.name);
    case "no_discount":
      return words.noDiscount;
    case "price_by_team":
      return words.priceByTeam;
    case "offer_by_team":
      return words.offerByTeam;
    case "unknown":
      return words.unknown;
  }
}

function handOffWords(move: Extract<Move, { kind: "hand_off" }>, voice: Voice): readonly string[] {
  const { handOff } = voice.words;
  const byReason: Readonly<Record<HandoffReason, readonly string[]>> = {
    asked_for_person: handOff.person,
    playbook_keyword: handOff.person,
    nothing_safe_to_say: handOff.person,
    meeting_requested: handOff.meeting(move.preferredTime ?? null),
    existing_customer: handOff.customer,
    unanswered_questions: handOff.unanswered,
    media_not_understood: handOff.media,
    language_not_served: handOff.language(voice.request.input.playbook.company.name),
    facts_missing: handOff.missing,
  };
  return byReason[move.reason];
}

function closing(move: Extract<Move, { kind: "close" }>): keyof Phrases["close"] {
  if (move.reason === "not_a_lead") return "stranger";
  if (move.reason === "declined" || move.reason === "no_need") return "declined";
  return move.outcome === "nurture" ? "later" : "unfit";
}

/** The first words of a conversation say who is writing. Goodbyes and opt-outs need no introduction. */
function opensConversation(move: Move, turn: number): boolean {
  const isLanguage = move.kind === "hand_off" && move.reason === "language_not_served";
  return turn === 0 && !isLanguage && !UNINTRODUCED.has(move.kind) && !isIdentity(move);
}

const UNINTRODUCED: ReadonlySet<Move["kind"]> = new Set(["confirm_opt_out", "close", "set_boundary"]);

function isIdentity(move: Move): boolean {
  return move.kind === "answer" && move.answer.source === "identity";
}

function greeting({ words, request, pick }: Voice): string {
  const { agentName, company } = request.input.playbook;
  return `${pick(words.hello(firstName(request)), "hello")} ${pick(words.introduction(agentName, company.name), "introduction")}`;
}

function askedWell(ask: Ask, voice: Voice): string {
  const heard = heardWords(voice);
  if (heard !== null) return `${heard} ${ask.wording}`;
  return ask.attempt === 2
    ? `${voice.pick(voice.words.askAgain, "again")} ${softened(ask.wording)}`
    : acknowledged(ask.wording, voice);
}

/** After a colon a sentence goes on in lower case. */
function softened(wording: string): string {
  const first = wording.charAt(0);
  return `${first.toLowerCase()}${wording.slice(1)}`;
}

function acknowledged(text: string, voice: Voice): string {
  const heard = heardWords(voice) ?? politeWords(voice);
  return heard === null ? text : `${heard} ${text}`;
}

function politeWords({ request, words, turn, pick }: Voice): string | null {
  const { pendingReply } = request.understanding;
  if (pendingReply === "refused") return pick(words.noPressure, "no-pressure");
  return turn > 0 && pendingReply === "answered" ? pick(words.heardAnything, "heard") : null;
}

function heardWords(voice: Voice): string | null {
  const { request, words } = voice;
  for (const key of ACKNOWLEDGED.filter((candidate) => request.learned.includes(candidate))) {
    const phrase = words.heard[key];
    const fact = request.facts.findLast((candidate) => candidate.key === key);
    if (!phrase || !fact) continue;
    return voice.pick(phrase(spoken(key, fact.value, request)), `heard-${key}`);
  }
  return null;
}

function spoken(key: string, value: FactValue, request: WriteRequest): string {
  if (typeof value === "object") return formatMoney(value, LOCALES[request.language]);
  const text = String(value);
  if (key === "name") return capitalized(text.split(" ")[0] ?? text);
  const isTypedLow = key === "company" && text === text.toLowerCase();
  return isTypedLow
    ? text
        .split(" ")
        .map((word) => (word.length > 2 ? capitalized(word) : word))
        .join(" ")
    : text;
}

function firstName(request: WriteRequest): string | null {
  const told = request.facts.find((fact) => fact.key === "name")?.value;
  const name = typeof told === "string" ? told : request.input.contactName;
  const first = name?.trim().split(/\s+/)[0] ?? "";
  return /^\p{L}{2,}$/u.test(first) ? capitalized(first) : null;
}

function capitalized(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function withAbsence(message: string, { request }: Voice): string[] {
  return request.absence === null ? [message] : [message, request.absence];
}

/** No more messages than the playbook allows in a row; what is too much joins the last one. */
function limited(messages: readonly string[], { request }: Voice): string[] {
  const most = Math.max(1, Math.min(3, request.input.playbook.pacing.maxUnanswered));
  return [...messages.slice(0, most - 1), messages.slice(most - 1).join(" ")].filter((message) => message !== "");
}

/** Only a warm voice uses emoji. */
function inTone(message: string, request: WriteRequest): string {
  if (request.input.playbook.tone === "warm") return message;
  return message.replaceAll(/\s*\p{Extended_Pictographic}\uFE0F?/gu, "");
}
