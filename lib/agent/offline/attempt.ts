// Whether a reply from which no answer could be read was meant as one. Then it counts as one: who has answered, understood or not,
// is not asked again. Only what plainly was about something else leaves the question open for a second, reworded try.
import type { IntentKind } from "../types.ts";
import type { Found } from "./facts-people.ts";
import { intentKinds } from "./intents.ts";
import { isEmptyTalk } from "./plausible.ts";
import { asksFromStart, type Span, statementsOf } from "./statements.ts";
import type { CanonicalText } from "./text.ts";

/** Words; a longer statement holds more than one thing. */
const SHORT_STATEMENT = 9;
/** A bare yes or no is all that some will say; to press them is to be rude. */
const YES_OR_NO = /^(?:(?:sim|nao|yes|no|nenhum|nenhuma|n|s|nope|yep)(?: |$))+$/;
/** Facts that are told by themselves, in a few words, whatever was asked. */
export const TOLD_ALONE: ReadonlySet<string> = new Set([
  "name",
  "company",
  "teamSize",
  "monthlyBudget",
  "decisionMaker",
  "email",
  "phone",
]);
/** Facts told by naming them, of which the quote is all that is told. */
const PLAIN_FACTS: ReadonlySet<string> = new Set([...TOLD_ALONE, "segment", "location", "role"]);
const MOST_WORDS_LEFT = 4;
/** What people say to us beside the matter. */
const BESIDE: ReadonlySet<IntentKind> = new Set([
  "complains",
  "asks_human",
  "asks_demo",
  "asks_price",
  "asks_identity",
  "asks_info",
]);

/** Whether anything in it could have been meant as the answer to the question about `goal`; `found` is all that it tells. */
export function mayAnswer(canon: CanonicalText, told: { goal: string; found: readonly Found[] }): boolean {
  const isTold = statementsOf(canon).some((statement) => {
    const text = canon.text.slice(statement.start, statement.end);
    if (isEmptyTalk(text)) return YES_OR_NO.test(text);
    return (
      !isShort(text) || !(tellsOther(canon, statement, told) || intentKinds(text).some((kind) => BESIDE.has(kind)))
    );
  });
  return isTold || canon.sentences().some((sentence) => tellsBeforeAsking(canon, sentence));
}

/**
 * A statement about something else than what was asked: a short one about another fact ("by the way, there are 14 of us"), or one
 * of which other facts leave next to nothing ("we are a wholesaler of drinks, 30 people").
 */
export function tellsOther(
  canon: CanonicalText,
  { start, end }: Span,
  { goal, found }: { goal: string; found: readonly Found[] },
): boolean {
  const said = canon.quote(start, end);
  const other = found.filter((fact) => fact.key !== goal && said.includes(fact.quote));
  if (isShort(said) && other.some((fact) => TOLD_ALONE.has(fact.key))) return true;
  const rest = other
    .filter((fact) => PLAIN_FACTS.has(fact.key))
    .reduce((text, fact) => text.replace(fact.quote, " "), said);
  return rest !== said && (rest.match(/[\p{L}\d]+/gu) ?? []).length <= MOST_WORDS_LEFT;
}

/** A long question without a comma that does not begin as one: "nobody fills it in so I see nothing do you train people?". */
function tellsBeforeAsking(canon: CanonicalText, { start, end, isQuestion }: Span & { isQuestion: boolean }): boolean {
  const text = canon.text.slice(start, end);
  return isQuestion && !isShort(text) && !asksFromStart(text);
}

function isShort(text: string): boolean {
  return text.split(/\s+/).length <= SHORT_STATEMENT;
}
