// The last word on every draft, whoever wrote it. A rule that a tenant's text or a lead could switch off would not be one:
// these read only the draft, the playbook, what is known and what was said.
import { detectLanguage } from "./offline/language.ts";
import { CanonicalText, comparable } from "./offline/text.ts";
import type { Rejection } from "./types.ts";
import type { Verification } from "./verification.ts";
import { findAskedFact } from "./verify-asks.ts";
import { findInventions } from "./verify-inventions.ts";
import { PERSONA_RULES } from "./verify-persona.ts";

const MOST_MESSAGES = 3;
/** Shorter messages ("Certo!") and questions ("Tudo bem?") may well come twice. */
const SHORTEST_REPEAT = 16;

/** All rules the draft breaks; an empty list lets it go out. */
export function verify(verification: Verification): Rejection[] {
  const text = verification.draft.messages.join("\n");
  const canonical = new CanonicalText(text).text;
  return [
    ...checkShape(verification),
    ...checkQuestions(text, verification),
    ...checkLanguage(text, verification),
    ...checkRepetition(verification),
    ...findInventions(text, verification),
    ...PERSONA_RULES.flatMap(({ rule, pattern }) => reject(rule, canonical.matchAll(pattern).next().value?.[0])),
    ...checkRules(text, verification),
  ];
}

function checkShape({ draft, input }: Verification): Rejection[] {
  const { messages } = draft;
  const most = Math.max(1, Math.min(MOST_MESSAGES, input.playbook.pacing.maxUnanswered));
  const broken = messages.find((message) => /\{\w*\}|\bundefined\b|\bNaN\b|\[object|<\/?\w+>|```/.test(message));
  return [
    ...(messages.length === 0 || messages.some((message) => message.trim() === "") ? reject("empty", "") : []),
    ...(messages.length > most ? reject("too_many_messages", String(messages.length)) : []),
    ...reject("too_long", messages.find((message) => message.length > input.maxMessageLength)?.slice(0, 80)),
    ...reject("broken_template", broken?.slice(0, 80)),
  ];
}

function checkQuestions(text: string, verification: Verification): Rejection[] {
  const questions = questionsIn(text);
  const second = questions[1];
  return [
    ...reject("two_questions", second?.trim()),
    ...reject("asks_known_fact", findAskedFact(questions, verification)),
    ...reject("repeats_question", findRepeated(questions, verification)),
  ];
}

function questionsIn(text: string): string[] {
  return text.match(/[^.!?\n]*\?+/g) ?? [];
}

/** A question that the agent has put in these words before, however long ago. */
function findRepeated(questions: readonly string[], { input }: Verification): string | undefined {
  const own = input.messages.filter((message) => message.from === "agent").map((message) => message.text ?? "");
  const asked = new Set(own.flatMap(questionsIn).map(comparable));
  return questions.find((question) => question.length >= SHORTEST_REPEAT && asked.has(comparable(question)))?.trim();
}

function checkLanguage(text: string, { language }: Verification): Rejection[] {
  const prose = text.replaceAll(/https?:\/\/\S+|\S+@\S+/g, "");
  const read = detectLanguage(prose, language, true);
  return read === language ? [] : reject("wrong_language", read);
}

function checkRepetition({ draft, lastSaid }: Verification): Rejection[] {
  const said = new Set(lastSaid.map(comparable));
  const again = draft.messages.find((message) => message.length >= SHORTEST_REPEAT && said.has(comparable(message)));
  return reject("repeats_last", again?.slice(0, 80));
}

/** The tenant's private guidance, word for word: five words in a row are no coincidence. */
function checkRules(text: string, { input }: Verification): Rejection[] {
  const said = comparable(text);
  const leak = input.playbook.rules.flatMap(runsOfFive).find((run) => said.includes(run));
  return reject("reveals_rules", leak);
}

function runsOfFive(rule: string): string[] {
  const words = comparable(rule).split(" ");
  return words.slice(4).map((_, at) => words.slice(at, at + 5).join(" "));
}

function reject(rule: Rejection["rule"], excerpt: string | undefined): Rejection[] {
  return excerpt === undefined ? [] : [{ rule, excerpt }];
}
