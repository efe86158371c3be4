"use client";

import { useTranslations } from "next-intl";
import { INTENTS, knownCode, OBJECTIONS, TOPICS } from "@/lib/agent/codes.ts";
import { STEPS } from "@/lib/domain/qualification-progress.ts";
import { LeadQuote } from "./lead-quote.tsx";
import { LeadSection } from "./lead-section.tsx";
import type { Why } from "./why.ts";

type Noticed = { words: string; messageId: string; quote: string };

/** Each reading with the words it was read in. A plain answer has none: what was learned from it says enough. */
export function WhyUnderstood({ why }: { why: Why }) {
  const t = useTranslations("inbox.why");
  const noticed = useNoticed(why.understanding);
  if (noticed.length === 0 && why.facts.length > 0) return null;
  return (
    <LeadSection title={t("understood")}>
      {why.understanding === null ? <p className="text-sm text-muted">{t("nothingUnderstood")}</p> : null}
      {why.understanding !== null && noticed.length === 0 ? (
        <p className="text-sm text-muted">{t("nothingNoticed")}</p>
      ) : null}
      <ul className="grid gap-1.5">
        {noticed.map(({ words, messageId, quote }) => (
          <li key={`${words} ${messageId} ${quote}`} className="text-sm">
            <p>{words}</p>
            <LeadQuote messageId={messageId} quote={quote} conversationId={why.conversationId} />
          </li>
        ))}
      </ul>
    </LeadSection>
  );
}

function useNoticed(understanding: Why["understanding"]): Noticed[] {
  const t = useTranslations("inbox.why");
  const words = useTranslations("qualification");
  if (understanding === null) return [];
  const { intents, objection, question, spinEvidence } = understanding;
  const intentOf = (kind: string) => {
    const known = knownCode(INTENTS, kind);
    return known === null ? kind : words(`intents.${known}`);
  };
  const objectionOf = (kind: string) => {
    const known = knownCode(OBJECTIONS, kind);
    return known === null ? kind : words(`objections.${known}`);
  };
  const topicOf = (topic: string) => {
    const known = knownCode(TOPICS, topic);
    return known === null ? topic : words(`topics.${known}`);
  };
  const stageOf = (stage: string) => {
    const known = knownCode(STEPS, stage);
    return t("evidenceOf", { step: known === null ? stage : words(`steps.${known}`) });
  };
  const named = [
    ...(question === null ? [] : [{ ...question, words: topicOf(question.topic) }]),
    ...(objection === null ? [] : [{ ...objection, words: objectionOf(objection.kind) }]),
  ];
  // "Asks the price" beside "question about price" says nothing more.
  const isNamed = ({ messageId, quote }: Omit<Noticed, "words">) =>
    named.some((entry) => entry.messageId === messageId && entry.quote === quote);
  return [
    ...named,
    ...intents.filter((intent) => !isNamed(intent)).map((intent) => ({ ...intent, words: intentOf(intent.kind) })),
    ...spinEvidence.map((evidence) => ({ ...evidence, words: stageOf(evidence.stage) })),
  ];
}
