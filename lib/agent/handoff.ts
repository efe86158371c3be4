// What a person gets with a conversation: who the lead is, what they need, what is known with its proof, what to do next.
import type { Language } from "../domain/playbook-language.ts";
import type { KnownFact } from "../domain/qualification-facts.ts";
import type { Handoff, HandoffReason, Move, TurnInput } from "./types.ts";

type NextStep = (time: string | null) => string;

/** For the team, in its own language: the first of the playbook. */
const NEXT_STEPS: Readonly<Record<Language, Readonly<Record<HandoffReason, NextStep>>>> = {
  pt: {
    asked_for_person: () => "O lead pediu uma pessoa: responda por aqui.",
    meeting_requested: (time) =>
      time === null ? "Combine o horário da reunião." : `Confirme a reunião. Preferência do lead: ${time}.`,
    playbook_keyword: () => "O lead tocou em um assunto que o playbook reserva ao time.",
    existing_customer: () => "Já é cliente: encaminhe ao suporte ou ao responsável pela conta.",
    unanswered_questions: () => "Responda às perguntas que o playbook não cobre.",
    media_not_understood: () => "Ouça ou abra o que o lead enviou e responda.",
    language_not_served: () => "O lead escreve em um idioma que o agente não atende.",
    facts_missing: () => "Lead promissor: complete o que falta e siga com a proposta.",
    nothing_safe_to_say: () => "O agente não encontrou uma resposta segura: assuma a conversa.",
  },
  en: {
    asked_for_person: () => "The lead asked for a person: reply here.",
    meeting_requested: (time) =>
      time === null ? "Agree on a time for the meeting." : `Confirm the meeting. The lead prefers: ${time}.`,
    playbook_keyword: () => "The lead touched a subject that the playbook keeps for the team.",
    existing_customer: () => "Already a customer: pass it to support or to the account's owner.",
    unanswered_questions: () => "Answer the questions that the playbook does not cover.",
    media_not_understood: () => "Listen to or open what the lead sent, and reply.",
    language_not_served: () => "The lead writes in a language that the agent does not serve.",
    facts_missing: () => "Promising lead: fill in what is missing and go on to a proposal.",
    nothing_safe_to_say: () => "The agent found no safe answer: take over the conversation.",
  },
  es: {
    asked_for_person: () => "El lead pidió una persona: responda por aquí.",
    meeting_requested: (time) =>
      time === null ? "Acuerde el horario de la reunión." : `Confirme la reunión. Preferencia del lead: ${time}.`,
    playbook_keyword: () => "El lead tocó un tema que el playbook reserva al equipo.",
    existing_customer: () => "Ya es cliente: páselo a soporte o al responsable de la cuenta.",
    unanswered_questions: () => "Responda las preguntas que el playbook no cubre.",
    media_not_understood: () => "Escuche o abra lo que envió el lead y responda.",
    language_not_served: () => "El lead escribe en un idioma que el agente no atiende.",
    facts_missing: () => "Lead prometedor: complete lo que falta y siga con la propuesta.",
    nothing_safe_to_say: () => "El agente no encontró una respuesta segura: tome la conversación.",
  },
};

const SHOWN_FIRST = [
  "preferredTime",
  "problem",
  "implication",
  "desiredOutcome",
  "monthlyBudget",
  "timeline",
  "decisionMaker",
];

export function summarizeHandoff(
  move: Extract<Move, { kind: "hand_off" }>,
  input: TurnInput,
  facts: readonly KnownFact[],
): Handoff {
  const text = (key: string) => {
    const value = facts.findLast((fact) => fact.key === key)?.value;
    return value === undefined || typeof value === "object" ? null : String(value);
  };
  const who = [text("name") ?? input.contactName ?? null, text("role"), text("company")].filter(
    (part) => part !== null,
  );
  const language = input.playbook.languages[0] ?? "en";
  return {
    reason: move.reason,
    who: who.join(", "),
    need: text("problem") ?? text("desiredOutcome") ?? lastWords(input),
    fields: inOrder(facts).map(({ key, value, quote, messageId }) => ({ key, value, quote, messageId })),
    nextStep: NEXT_STEPS[language][move.reason](move.preferredTime ?? null),
  };
}

function inOrder(facts: readonly KnownFact[]): KnownFact[] {
  const rank = (fact: KnownFact) => {
    const at = SHOWN_FIRST.indexOf(fact.key);
    return at === -1 ? SHOWN_FIRST.length : at;
  };
  return facts.toSorted((a, b) => rank(a) - rank(b));
}

/** When no need is known, the lead's last message speaks for itself. */
function lastWords(input: TurnInput): string {
  return input.messages.findLast((message) => message.from === "lead" && message.text !== undefined)?.text ?? "";
}
