import { readAlone, readBareBudget, readBareChannels, readBareTimeline } from "./facts-business.ts";
// Reading a reply by the question it answers: "12", "eu mesmo" and "uns 3 mil" mean nothing alone.
import { bareName, type Found } from "./facts-people.ts";
import { TIME_PHRASE } from "./intents.ts";
import { NUMBER_SOURCE, parseWhole } from "./numbers.ts";
import { type CanonicalText, phrases } from "./text.ts";

const REFUSES = phrases(
  "(?:nao|nem) (?:sei|faco (?:ideia|nocao)|tenho (?:ideia|certeza|nocao|essa informacao)|lembro|quero (?:falar|dizer|responder|informar|passar)|posso (?:falar|dizer|informar|passar)|vou (?:falar|dizer|passar|informar))(?: (?:isso|disso|sobre isso|agora|dizer|te dizer|informar))?",
  "prefiro nao (?:falar|dizer|informar|responder|abrir|comentar)?",
  "(?:depende|varia)(?: muito| bastante)?",
  "(?:isso )?(?:e )?(?:confidencial|sigilos[oa])|(?:por que|para que) (?:voce )?(?:quer saber|precisa|isso)",
  "nada(?: de mais| demais| nao| especial)?(?= ?(?:$|[.,!]))|nenhum(?:a)?(?= ?(?:$|[.,!]))",
  "(?:i )?(?:don't|do not|dunno|no) (?:know|idea|clue)|(?:not|i'm not) sure|(?:i'd|would) (?:rather|prefer) not|rather not say|it depends|depends|confidential|none of your business|why do you (?:ask|need|want)|hard to say|nothing (?:really|in particular|much)|no comment|dunno",
);
const EMPTY =
  /^(?:(?:ok|okay|sim|nao|no|yes|claro|certo|beleza|hum+|hm+|ah|e|ta|oi|ola|opa|entendi|legal|isso|bom|bem|boa|show|tudo|obrigad[oa]|valeu|kk+|rs+|haha+|tipo|sei la|talvez|maybe|sure|cool|got it|i see|fine|good|great|hi|hello|hey|thanks|dia|tarde|noite|[.,!?])(?: |$))+$/;
const SHORTEST_CLAUSE = 3;

const NOT_ME = phrases(
  "(?:nao|nem)(?: ?,? (?:sou eu|so eu|e comigo|decido|e minha|totalmente))?|(?:meu |minha |o |a |os |as |com o |com a |com os |com meu )(?:chefe|chefia|diretor|diretora|diretoria|socios?|socia|dono|dona|patrao|patroa|gestor|gestora|gerente|marido|esposa|pai|mae|conselho|financeiro|matriz|ceo)",
  "no|not (?:me|really|mine)|(?:my|our|the) (?:boss|manager|director|ceo|owner|partner|board|husband|wife|cfo|father)|someone else|above me",
);
const ME_TOO = phrases(
  "(?:sim|claro|comigo|eu|minha|meu mesmo|so eu|sozinh[oa]|isso|exato|eu mesm[oa]|yes|yep|me|mine|i do|i am|it's me|my call|just me|sure|i make)",
);
const JOINT = phrases(
  "(?:eu e|comigo e|nos dois|junto com|together with|(?:me|my wife|my partner|my husband) and|both of us|em conjunto)",
);

export type Reply = { facts: Found[]; outcome: "answered" | "refused" | "none" };

/** What `canon` says to the question about `goal`, given what patterns already found in it. */
export function readReply(reply: {
  goal: string;
  canon: CanonicalText;
  found: readonly Found[];
  isBusy: boolean;
  currency: string;
}): Reply {
  if (reply.found.some((fact) => fact.key === reply.goal)) return { facts: [], outcome: "answered" };
  const facts = isSpecific(reply.goal) ? readSpecific(reply.goal, reply.canon, reply.currency) : [];
  if (facts.length > 0) return { facts, outcome: "answered" };
  if (shows(REFUSES, reply.canon.text)) return { facts: [], outcome: "refused" };
  if (isSpecific(reply.goal) || reply.isBusy) return { facts: [], outcome: "none" };
  const clause = readClause(reply.goal, reply.canon);
  return { facts: clause, outcome: clause.length > 0 ? "answered" : "none" };
}

const SPECIFIC: ReadonlySet<string> = new Set([
  "name",
  "company",
  "teamSize",
  "monthlyBudget",
  "decisionMaker",
  "email",
  "phone",
  "channels",
  "timeline",
  "meeting",
]);

function isSpecific(goal: string): boolean {
  return SPECIFIC.has(goal);
}

function readSpecific(goal: string, canon: CanonicalText, currency: string): Found[] {
  switch (goal) {
    case "name":
    case "company":
      return readNamed(goal, canon);
    case "teamSize":
      return readCount(canon);
    case "monthlyBudget":
      return readBareBudget(canon, currency);
    case "decisionMaker":
      return readSay(canon);
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

/** The day or hour a lead would like to talk. */
export function readTime(canon: CanonicalText): Found[] {
  const match = canon.text.matchAll(TIME_PHRASE).next().value;
  if (!match) return [];
  const quote = canon.quote(match.index, match.index + match[0].length);
  return [{ key: "preferredTime", value: quote, confidence: 0.8, quote }];
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

function readCount(canon: CanonicalText): Found[] {
  const match = canon.text.matchAll(phrases(`(${NUMBER_SOURCE})`)).next().value;
  const count = match ? parseWhole(match[1] ?? "") : null;
  if (!match || count === null) return readAlone(canon);
  return [
    { key: "teamSize", value: count, confidence: 0.85, quote: canon.quote(match.index, match.index + match[0].length) },
  ];
}

function readSay(canon: CanonicalText): Found[] {
  const pattern = shows(JOINT, canon.text) ? JOINT : shows(NOT_ME, canon.text) ? NOT_ME : ME_TOO;
  const match = canon.text.matchAll(pattern).next().value;
  if (!match) return [];
  const quote = canon.quote(match.index, match.index + match[0].length);
  return [{ key: "decisionMaker", value: pattern !== NOT_ME, confidence: 0.8, quote }];
}

/** An open question is answered by any clause with something in it. */
function readClause(goal: string, canon: CanonicalText): Found[] {
  if (EMPTY.test(canon.text)) return [];
  const said = canon
    .sentences()
    .filter((sentence) => !sentence.isQuestion && !EMPTY.test(canon.text.slice(sentence.start, sentence.end)));
  const first = said[0];
  const last = said.at(-1);
  if (!first || !last) return [];
  const quote = canon.quote(first.start, last.end);
  if (quote.length < SHORTEST_CLAUSE) return [];
  return [{ key: goal, value: quote, confidence: 0.6, quote }];
}

function shows(pattern: RegExp, text: string): boolean {
  return !text.matchAll(pattern).next().done;
}
