// What a message states, apart from what it asks: "we are 8, does that change the price?" states a size.
import type { CanonicalText } from "./text.ts";

export type Span = { start: number; end: number };

/** Small questions that only hold on to the listener. */
const TAG =
  /^(?:(?:e|ai|entao|ok|so) )*(?:esta|ta|ne|nao e|viu|ok|okay|certo|sabe|entende\w*|entendeu|beleza|blz|hein|pode ser|tudo bem|pode|serve|esta bom(?: assim)?|da certo|da|conhece(?:m)?|sacou|ja ouviu falar|sim|right|yeah|you know|know it|know us|heard of (?:us|it)|isn't it|innit|is that ok(?:ay)?|that ok(?:ay)?|ok with you|does that work|works|alright|all right|see|get it|eh|por que|porque|why|why do you ask|fechou|combinado|conta|vale|ajuda|e isso|does that count|counts?|will that do|that (?:do|count|help))$/;
const TRAILING_TAG =
  /^(.*\S) (?:esta|ne|viu|ok|certo|sabe|entendeu|beleza|hein|pode ser|pode|conta|vale|serve|ajuda|e isso|right|does that count|counts|that count|yeah|you know|innit|alright)$/;
const ASKS_FROM_START =
  /^(?:(?:e|mas|and|but|so|oi|ola|hi|hello|entao|bom dia|boa tarde|boa noite) )*(?:qual|quais|quanto|quantos|quantas|como|quando|onde|quem|por que|porque|sera|o que|que|what|how|when|where|who|which|why|do|does|did|is|are|can|could|would|will|have|has|voces?|tem)(?![a-z])/;

/** Whether the question that a sentence ends in asks for nothing. */
export function isTag(question: string): boolean {
  return TAG.test(question.trim());
}

/** Whether a canonical sentence is a question from its first word on, so that nothing is told in it. */
export function asksFromStart(text: string): boolean {
  return ASKS_FROM_START.test(text);
}

/** The part of a question that asks: what stands behind the last comma when it can stand alone. */
export function questionPart(canon: CanonicalText, sentence: Span): Span {
  const text = canon.text.slice(sentence.start, sentence.end);
  const comma = text.lastIndexOf(" , ");
  const head = comma === -1 ? "" : text.slice(0, comma);
  if (head === "" || ASKS_FROM_START.test(head)) return sentence;
  return { start: sentence.start + comma + 3, end: sentence.end };
}

/** Spans that tell something, in order: plain sentences, and what stands before a question in its sentence. */
export function statementsOf(canon: CanonicalText): Span[] {
  return canon.sentences().flatMap((sentence) => {
    if (!sentence.isQuestion) return [{ start: sentence.start, end: sentence.end }];
    const asks = questionPart(canon, sentence);
    if (asks.start > sentence.start) return [{ start: sentence.start, end: asks.start - 3 }];
    const told = TRAILING_TAG.exec(canon.text.slice(sentence.start, sentence.end))?.[1];
    const isTold = told !== undefined && !ASKS_FROM_START.test(told);
    return isTold ? [{ start: sentence.start, end: sentence.start + told.length }] : [];
  });
}
