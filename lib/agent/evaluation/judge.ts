// What a conversation was worth, measured from its words and its stored result against the lead's hidden truth.
import type { FactValue } from "../../domain/qualification-facts.ts";
import { agentTurns } from "../gather.ts";
import type { FactTruth } from "./lead-file.ts";
import type { Conversation } from "./play.ts";
import { EVALUATION_PLAYBOOKS } from "./playbooks.ts";

export type Judgement = {
  id: string;
  stagesExpected: number;
  stagesDone: number;
  isOutcomeRight: boolean;
  outcome: string;
  factsRead: number;
  factsRight: number;
  factsTold: number;
  factsKept: number;
  repeatedQuestions: number;
  inventions: number;
  wrongLanguage: number;
  turns: number;
  wrongFacts: readonly string[];
};

/** Facts that pass through conversation but are not the lead's to tell. */
const PUBLIC_LINKS = /https?:\/\/\S+/g;

export function judge(conversation: Conversation): Judgement {
  const { lead, state, turns } = conversation;
  const read = conversation.changes.map((change) => change.fact);
  const wrong = read.filter((fact) => !isTrue(fact.value, lead.facts[fact.key]));
  const told = [...new Set(conversation.told)].filter((key) => key !== "meeting" && lead.facts[key] !== undefined);
  const kept = told.filter((key) =>
    conversation.facts.some((fact) => fact.key === key && isFinal(fact.value, lead.facts[key])),
  );
  return {
    id: lead.id,
    stagesExpected: lead.truth.stages.length,
    stagesDone: lead.truth.stages.filter((stage) => state.spin[stage].state === "satisfied").length,
    isOutcomeRight: state.outcome === lead.truth.outcome,
    outcome: state.outcome,
    factsRead: read.length,
    factsRight: read.length - wrong.length,
    factsTold: told.length,
    factsKept: kept.length,
    repeatedQuestions: countRepeats(conversation),
    inventions: countInventions(conversation),
    wrongLanguage: countWrongLanguage(conversation),
    turns: turns.length,
    wrongFacts: wrong.map((fact) => `${fact.key}=${JSON.stringify(fact.value)}`),
  };
}

export function isTrue(value: FactValue, truth: FactTruth | undefined): boolean {
  if (truth === undefined) return false;
  if (typeof truth === "object" && "said" in truth) return typeof value === "number" && truth.said.includes(value);
  return isFinal(value, truth);
}

function isFinal(value: FactValue, truth: FactTruth | undefined): boolean {
  if (truth === undefined) return false;
  if (Array.isArray(truth)) return truth.some((part) => plain(textOf(value)).includes(plain(part)));
  if (typeof truth === "object" && "money" in truth)
    return typeof value === "object" && value.amountCents === truth.money;
  if (typeof truth === "object") return value === truth.final;
  if (typeof truth !== "string") return value === truth;
  const said = plain(textOf(value));
  return said.length > 1 && (plain(truth).includes(said) || said.includes(plain(truth)));
}

/** A topic asked a third time, asked after the lead had told it, or the very same question in the same words. */
function countRepeats(conversation: Conversation): number {
  const { asked } = conversation;
  const topics = new Set(asked.map((entry) => entry.topic));
  const thirds = [...topics].filter((topic) => asked.filter((entry) => entry.topic === topic).length > 2).length;
  const known = asked.filter((entry) => entry.wasTold && entry.topic !== "meeting").length;
  const questions = agentTexts(conversation).filter((text) => text.includes("?"));
  return thirds + known + questions.length - new Set(questions.map(plain)).size;
}

/** Amounts, percentages, links and clock times in the agent's words that the playbook does not hold and the lead did not say. */
function countInventions(conversation: Conversation): number {
  const playbook = EVALUATION_PLAYBOOKS[conversation.lead.playbook];
  const own = JSON.stringify(playbook);
  const said = conversation.messages
    .filter((message) => message.from === "lead")
    .map((message) => message.text ?? "")
    .join("\n");
  const amounts = new Set(playbook.prices.map((price) => price.amountCents / 100));
  return agentTexts(conversation).flatMap((text) => [
    ...[...text.matchAll(/(?:R\$|US\$|\$)\s?([\d.,]+)/g)].filter(
      (match) => !amounts.has(Number((match[1] ?? "").replaceAll(/[.,](?=\d{3})/g, "").replaceAll(/[.,]$/g, ""))),
    ),
    ...[...text.matchAll(/\d+\s?%/g)].filter((match) => !own.includes(match[0])),
    ...[...text.matchAll(PUBLIC_LINKS)].filter((match) => !own.includes(match[0])),
    ...[...text.matchAll(/\b\d{1,2}\s?h\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?[ap]m\b/gi)].filter(
      (match) => !plain(said).includes(plain(match[0])) && !/volta|back on|atende|around/.test(text),
    ),
  ]).length;
}

const LANGUAGE_WORDS = {
  pt: new Set(
    "você vocês não uma para obrigada nosso isso como seu está é mais dia áudio e o a os as de em no na com que por".split(
      " ",
    ),
  ),
  en: new Set("you your the we our is are what how thanks with this it can i'm i a to of and".split(" ")),
  es: new Set("usted nuestro gracias equipo por paso una hola todavía su el la los y en de con".split(" ")),
} as const;

/** Agent turns whose words look like another language than the lead's. Spanish and unknown leads have ids that say so. */
function countWrongLanguage(conversation: Conversation): number {
  const expected = conversation.lead.persona === "spanish" ? "es" : conversation.lead.language;
  const turns = agentTurns(conversation.messages).map((turn) => turn.map((message) => message.text ?? "").join(" "));
  return turns.filter((text) => {
    const words = text.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
    const count = (language: keyof typeof LANGUAGE_WORDS) =>
      words.filter((word) => LANGUAGE_WORDS[language].has(word)).length;
    const others = (["pt", "en", "es"] as const).filter((language) => language !== expected);
    return others.some((language) => count(language) > count(expected));
  }).length;
}

function agentTexts({ messages }: Conversation): string[] {
  return messages.filter((message) => message.from === "agent").map((message) => message.text ?? "");
}

function textOf(value: FactValue): string {
  return typeof value === "object" ? String(value.amountCents) : String(value);
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
