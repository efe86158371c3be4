"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { FACT_KEYS, knownCode, SIGNALS } from "@/lib/agent/codes.ts";
import { formatMoney } from "@/lib/domain/money.ts";
import type { FactValue } from "@/lib/domain/qualification-facts.ts";
import { STEPS } from "@/lib/domain/qualification-progress.ts";
import type { ScoreReason } from "@/lib/domain/qualification.ts";
import { confidenceOf } from "./lead-confidence.ts";

/** Facts and score reasons in the reader's language; the playbook's own labels stay as its team wrote them. */
export function useLeadWords() {
  const t = useTranslations("qualification");
  const lead = useTranslations("inbox.lead");
  const locale = useLocale();
  return useMemo(() => {
    const labelOf = ({ key, label }: { key: string; label: string | null }) => {
      const known = knownCode(FACT_KEYS, key);
      return label ?? (known === null ? key : t(`facts.${known}`));
    };
    const valueOf = (value: FactValue) => {
      if (typeof value === "boolean") return lead(value ? "yes" : "no");
      if (typeof value === "number") return new Intl.NumberFormat(locale).format(value);
      return typeof value === "string" ? value : formatMoney(value, locale);
    };
    const subjectOf = ({ part, subject }: Pick<ScoreReason, "part" | "subject">) => {
      const step = part === "need" ? knownCode(STEPS, subject) : null;
      const signal = part === "fit" ? null : knownCode(SIGNALS, subject);
      if (step !== null) return t(`steps.${step}`);
      return signal === null ? subject : t(`signals.${signal}`);
    };
    const sureness = (confidence: number) => t(`confidences.${confidenceOf(confidence)}`);
    return { labelOf, valueOf, subjectOf, sureness };
  }, [t, lead, locale]);
}
