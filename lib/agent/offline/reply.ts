// Reading a reply by the question it answers: "12", "eu mesmo" and "uns 3 mil" mean nothing alone.
import type { ObjectionKind } from "../../domain/playbook.ts";
import type { IntentKind, Understanding } from "../types.ts";
import { mayAnswer, tellsOther, TOLD_ALONE } from "./attempt.ts";
import { readDecider } from "./decision.ts";
import { readBareBudget, readBareChannels, readBareTimeline } from "./facts-business.ts";
import { bareName, type Found } from "./facts-people.ts";
import { intentKinds } from "./intents.ts";
import { isPlausible } from "./plausible.ts";
import { type Span, statementsOf } from "./statements.ts";
import { readBareTeamSize } from "./team-size.ts";
import { type CanonicalText, phrases } from "./text.ts";
import { readTime } from "./times.ts";

const REFUSES = phrases(
  "(?:nao|nem) (?:sei|faco (?:ideia|nocao)|tenho (?:ideia|certeza|nocao|essa informacao)|lembro|quero (?:falar|dizer|responder|informar|passar)|posso (?:falar|dizer|informar|passar)|vou (?:falar|dizer|passar|informar))(?: (?:isso|disso|sobre isso|agora|dizer|te dizer|informar))?",
  "(?:isso|disso|esse (?:numero|valor|assunto)|valores?|numeros?|sobre isso)(?: ai)?(?: \\w+){0,2} (?:nao|nem) (?:\\w+ ){0,2}(?:abro|abrimos|falo|falamos|passo|passamos|revelo|divulgo|divulgamos|comento|comentamos|digo|informo|informamos|conto|posso|vou)(?: \\w+){0,3}",
  "nao (?:abro|abrimos|revelo|divulgo|divulgamos|comento|passamos|costumo (?:falar|passar|abrir)|e (?:\\w+ ){0,3}(?:que|de) (?:eu )?(?:fale|falar|conte|contar|passe|passar|abra|abrir|diga|dizer|se fala|divulgue))(?: \\w+){0,3}",
  "(?:prefiro|melhor|so|deixo para) (?:\\w+ ){0,2}(?:tratar|falar|conversar|ver|discutir|abrir|comentar|dizer|passar)(?: (?:isso|disso|sobre isso|de valores?|valores?))? (?:ao vivo|pessoalmente|na reuniao|na call|depois|mais para frente|em reuniao|por telefone|cara a cara|com o consultor|so)",
  "(?:assunto|informacao|coisa|dado|questao) (?:intern[oa]|nosso|nossa|particular|privad[oa]|confidencial|sigilos[oa]|reservad[oa])|(?:e |isso e )?(?:segredo|particular|pessoal demais|intimo)(?= ?(?:$|[.,!]| rs| ne))|nao (?:te )?interessa(?= ?(?:$|[.,!]))|nao e da sua conta",
  "(?:not something|nothing|isn't something|not a (?:figure|number|thing)) (?:\\w+ ){0,3}?(?:disclose|share|discuss|give out|tell|reveal|talk about|say|comment on)(?: \\w+){0,3}",
  "(?:don't|do not|won't|can't|cannot|wouldn't|not going to|not at liberty to|not (?:comfortable|happy|prepared|willing)(?: to)?) (?:\\w+ )?(?:disclose|share|sharing|discuss|discussing|give (?:that )?out|reveal|talk (?:about )?(?:money|numbers|figures|budgets?)|say|get into|go into|tell you|divulge|quote)(?: \\w+){0,3}",
  "(?:keep|keeping|stays?) (?:that|it|this|those|figures|numbers) (?:\\w+ )?(?:to (?:myself|ourselves)|private|internal|in ?-? ?house|between us|close to (?:my|our) chest)|(?:that's|it's|is) (?:\\w+ )?(?:private|internal|sensitive|between us|my business|our business|not your concern)|rather (?:not|keep|discuss|leave)(?: \\w+){0,4}|(?:let's|i'd) (?:discuss|talk) (?:that|it|money|numbers) (?:later|in person|on the call|face to face)|next question|pass(?= ?(?:$|[.,!]))",
  "(?:o )?que (?:e que )?(?:isso |esse numero )?tem a ver|isso (?:importa|interessa|faz diferenca)|precisa (?:mesmo )?(?:saber )?(?:disso|isso|dessa informacao)|para que (?:serve|essa?|tanta|tudo isso|saber|voces?)(?: \\w+){0,3}|por que (?:a |essa |tanta |voces? )?(?:pergunta\\w*|quer\\w*|precisa\\w*)",
  "what's (?:that|it|this) (?:got )?to do|(?:is|does|why does) (?:that|it|this) (?:even )?(?:relevant|matter|important)|why (?:do|would|should) (?:you|i|that)(?: \\w+){0,4}|what (?:do you need (?:that|it) )?for(?= ?\\?)|why the question",
  "prefiro nao (?:falar|dizer|informar|responder|abrir|comentar)?",
  "(?:none|no|not any) of (?:your|ur) (?:concern|business|beeswax)|mind your own(?: business)?|sei la|nao (?:entendo|manjo|saco) (?:d\\w+|muito|nada|bem)(?: \\w+){0,2}|no (?:idea|clue)|beats me|search me|couldn't (?:tell|say)|can't say|not a clue|god knows|sabe deus|vai saber",
  "(?:depende|varia)(?: muito| bastante)?",
  "(?:isso )?(?:e )?(?:confidencial|sigilos[oa])|(?:por que|para que) (?:voce )?(?:quer saber|precisa|isso)",
  "(?<=^|[,.!?] )nada(?: de mais| demais| nao| especial)?(?= ?(?:$|[.,!]))|nenhum(?:a)?(?= ?(?:$|[.,!]))",
  "(?:i )?(?:don't|do not|dunno|no) (?:know|idea|clue)|(?:not|i'm not) sure|(?:i'd|would) (?:rather|prefer) not|rather not say|it depends|depends|confidential|none of your business|why do you (?:ask|need|want)|hard to say|nothing (?:really|in particular|much)|no comment|dunno",
);
const SHORTEST_CLAUSE = 3;

/** Intents that leave a question unanswered, whatever else the words might mean. */
const WALKS_AWAY: ReadonlySet<IntentKind> = new Set([
  "declines",
  "will_not_buy",
  "postpones",
  "leaves",
  "existing_customer",
]);

export type Reply = { facts: Found[]; outcome: Understanding["pendingReply"] };

/** What `canon` says to the question about `goal`, given what patterns already found in it. */
export function readReply(reply: {
  goal: string;
  canon: CanonicalText;
  found: readonly Found[];
  intents: readonly IntentKind[];
  /** What it objects, which is all the answer that a question about the need will get. */
  objection: ObjectionKind | null;
  currency: string;
}): Reply {
  const { goal, canon, intents } = reply;
  if (reply.found.some((fact) => fact.key === goal)) return { facts: [], outcome: "answered" };
  const isLeaving = intents.some((kind) => WALKS_AWAY.has(kind));
  const facts = isSpecific(goal) && !(isLeaving && goal !== "meeting") ? readSpecific(goal, canon, reply.currency) : [];
  if (facts.length > 0) return { facts, outcome: "answered" };
  if (reply.objection !== null && ANSWERED_BY[reply.objection] === goal) return { facts: [], outcome: "refused" };
  if (isRefusal(canon.text, isSpecific(goal))) return { facts: [], outcome: "refused" };
  const clause = isSpecific(goal) || isLeaving ? [] : readClause(goal, canon, reply.found);
  if (clause.length > 0) return { facts: clause, outcome: "answered" };
  const isPriceForBudget = goal === "monthlyBudget" && intents.includes("asks_price");
  if (isPriceForBudget || shows(SAID_BEFORE, canon.text)) return { facts: [], outcome: "unclear" };
  return { facts: [], outcome: goal !== "meeting" && mayAnswer(canon, reply) ? "unclear" : "none" };
}

/** "I do not know" is a refusal; "I do not know who answered whom" is a problem: in a story only a large part of it counts. */
function isRefusal(text: string, isSpecificGoal: boolean): boolean {
  const refused = [...text.matchAll(REFUSES)].reduce((length, match) => length + match[0].length, 0);
  return refused > 0 && (isSpecificGoal || refused >= text.length * REFUSAL_SHARE);
}

/** "There is no money" is all the answer that the question about the budget will get. */
const ANSWERED_BY: Readonly<Partial<Record<ObjectionKind, string>>> = {
  no_budget: "monthlyBudget",
  too_expensive: "monthlyBudget",
  not_decision_maker: "decisionMaker",
  no_need: "problem",
};
const REFUSAL_SHARE = 0.45;

const SAID_BEFORE = phrases(
  "(?:eu )?ja (?:te |lhe |voce )?(?:falei|disse|respondi|expliquei|informei|contei|passei)",
  "como (?:eu )?(?:ja )?(?:disse|falei)|(?:already|just) (?:told|answered|said|gave)|(?:as|like) i (?:already )?(?:said|told|mentioned)|i told (?:you|u)",
);

const SPECIFIC: ReadonlySet<string> = new Set([...TOLD_ALONE, "channels", "timeline", "meeting"]);

function isSpecific(goal: string): boolean {
  return SPECIFIC.has(goal);
}

function readSpecific(goal: string, canon: CanonicalText, currency: string): Found[] {
  switch (goal) {
    case "name":
    case "company":
      return readNamed(goal, canon);
    case "teamSize":
      return readBareTeamSize(canon);
    case "monthlyBudget":
      return readBareBudget(canon, currency);
    case "decisionMaker":
      return readDecider(canon);
    case "channels":
      return readBareChannels(canon);
    case "timeline":
      return readBareTimeline(canon);
    case "meeting":
      return readTime(canon);
    default:
      return [];
  }
}

function readNamed(goal: string, canon: CanonicalText): Found[] {
  const first = canon.source.split(/[,.\n!]/).map((part) => part.trim());
  for (const part of [canon.source.trim(), ...first]) {
    const name = bareName(part);
    if (name !== null && !shows(REFUSES, canon.text))
      return [{ key: goal, value: name, confidence: 0.75, quote: name }];
  }
  return [];
}

/** An open question is answered by the statements that can be meant as an answer: the longest run of them. */
function readClause(goal: string, canon: CanonicalText, found: readonly Found[]): Found[] {
  const runs: Span[] = [];
  let previous: Span | null = null;
  for (const statement of statementsOf(canon)) {
    const text = canon.text.slice(statement.start, statement.end);
    const isAnswer =
      isPlausible({ goal, text, intents: intentKinds(text) }) &&
      !tellsOther(canon, statement, { goal, found }) &&
      !(goal === "segment" && tellsNeed(canon, statement, found));
    const last = runs.at(-1);
    if (isAnswer && last && previous && last.end === previous.end)
      runs[runs.length - 1] = { start: last.start, end: statement.end };
    else if (isAnswer) runs.push(statement);
    previous = statement;
  }
  const longest = runs.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0];
  const quote = longest ? canon.quote(longest.start, longest.end) : "";
  return quote.length < SHORTEST_CLAUSE ? [] : [{ key: goal, value: quote, confidence: 0.6, quote }];
}

/** What hurts is no trade, even where the trade was asked. */
function tellsNeed(canon: CanonicalText, { start, end }: Span, found: readonly Found[]): boolean {
  const said = canon.quote(start, end);
  return found.some((fact) => NEEDS.has(fact.key) && said.includes(fact.quote));
}

const NEEDS: ReadonlySet<string> = new Set(["problem", "implication", "desiredOutcome"]);

function shows(pattern: RegExp, text: string): boolean {
  return !text.matchAll(pattern).next().done;
}
