"use client";

import { useTranslations } from "next-intl";
import { isSameFactValue } from "@/lib/domain/qualification-facts.ts";
import { LeadQuote } from "./lead-quote.tsx";
import { LeadSection } from "./lead-section.tsx";
import { useLeadWords } from "./lead-words.ts";
import type { Why } from "./why.ts";

export function WhyLearned({ why: { facts, labels, conversationId } }: { why: Why }) {
  const t = useTranslations("inbox.why");
  const { labelOf, valueOf } = useLeadWords();
  return (
    <LeadSection title={t("learned")}>
      {facts.length === 0 ? <p className="text-sm text-muted">{t("nothingLearned")}</p> : null}
      <ul className="grid gap-2.5">
        {facts.map((change) => {
          const { key, value, messageId, quote } = change.fact;
          const label = labels.find((own) => own.key === key)?.label ?? null;
          const isVerbatim = typeof value === "string" && isSameFactValue(value, quote);
          return (
            <li key={`${key} ${valueOf(value)}`} className="text-sm">
              <p className="text-xs text-muted">{labelOf({ key, label })}</p>
              {isVerbatim ? null : <p className="font-medium [overflow-wrap:anywhere]">{valueOf(value)}</p>}
              <LeadQuote messageId={messageId} quote={quote} isValue={isVerbatim} conversationId={conversationId} />
              {change.kind === "replace" ? (
                <p className="text-2xs text-faint">{t("was", { value: valueOf(change.previous) })}</p>
              ) : null}
            </li>
          );
        })}
      </ul>
    </LeadSection>
  );
}
