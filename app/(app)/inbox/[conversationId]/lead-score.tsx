"use client";

import { ChevronRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge.tsx";
import { knownCode, OUTCOME_REASONS, SCORE_PART_NAMES } from "@/lib/agent/codes.ts";
import { SCORE_PARTS } from "@/lib/domain/qualification.ts";
import type { Lead } from "./lead-actions.ts";
import { LeadQuote } from "./lead-quote.tsx";
import { useLeadWords } from "./lead-words.ts";

type LeadScoreProps = { lead: Lead; conversationId: string };

const tones = {
  open: "neutral",
  qualified: "success",
  disqualified: "danger",
  nurture: "brand",
  opted_out: "danger",
  handed_off: "warn",
} as const;

export function LeadScore({ lead, conversationId }: LeadScoreProps) {
  const t = useTranslations("inbox.lead");
  const words = useTranslations("qualification");
  const { outcome, outcomeReason, score } = lead;
  const { value, threshold } = score;
  const reason = outcomeReason === null ? null : knownCode(OUTCOME_REASONS, outcomeReason);
  return (
    <div>
      <div className="flex items-end justify-between gap-3">
        <p>
          <span className="sr-only">{t("score")} </span>
          <span className="text-2xl font-semibold tracking-tight">{score.value}</span>
          <span className="text-sm text-faint"> / 100</span>
        </p>
        <Badge tone={tones[outcome]} className="mb-1.5">
          {words(`outcomes.${outcome}`)}
        </Badge>
      </div>
      <Meter value={value} threshold={threshold} label={t("scoreOf", { value, threshold })} />
      <p className="mt-1.5 text-xs text-muted">
        {outcomeReason === null || outcome === "open"
          ? t("threshold", { threshold })
          : reason === null
            ? outcomeReason
            : words(`outcomeReasons.${reason}`)}
      </p>
      <details className="group mt-2">
        <summary className="-mx-1.5 flex cursor-pointer list-none items-center gap-1 rounded-md px-1.5 py-1 text-xs font-medium text-muted hover:bg-hover hover:text-ink touch:py-3 [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90 rtl:rotate-180" />
          {t("whyScore")}
        </summary>
        <Reasons reasons={score.reasons} conversationId={conversationId} />
      </details>
    </div>
  );
}

/** A notch shows where a lead becomes qualified. */
function Meter({ value, threshold, label }: { value: number; threshold: number; label: string }) {
  return (
    <div className="relative mt-1 h-1.5 rounded-full bg-active">
      <meter min={0} max={100} value={value} aria-label={label} className="sr-only" />
      <div
        aria-hidden
        className="h-full rounded-full bg-brand transition-[width] duration-500"
        style={{ width: `${Math.max(value, 1)}%` }}
      />
      <div
        aria-hidden
        className="absolute -inset-y-1 w-0.5 rounded-full bg-control ring-2 ring-surface"
        style={{ insetInlineStart: `${threshold}%` }}
      />
    </div>
  );
}

function Reasons({ reasons, conversationId }: { reasons: Lead["score"]["reasons"]; conversationId: string }) {
  const t = useTranslations("inbox.lead");
  const words = useTranslations("qualification");
  const format = useFormatter();
  const { subjectOf } = useLeadWords();
  if (reasons.length === 0) return <p className="pt-1 text-xs text-muted">{t("noPoints")}</p>;
  return (
    <ul className="grid gap-3 pt-2">
      {SCORE_PART_NAMES.map((part) => {
        const ofPart = reasons.filter((reason) => reason.part === part);
        const points = ofPart.reduce((sum, reason) => sum + reason.points, 0);
        return (
          <li key={part}>
            <p className="flex justify-between gap-2 text-xs font-medium">
              {words(`parts.${part}`)}
              <span className="text-muted">
                {t("points", { points: format.number(points), of: SCORE_PARTS[part] })}
              </span>
            </p>
            <ul className="grid gap-1 pt-1">
              {ofPart.map((reason) => (
                <li key={reason.subject} className="border-s-2 border-line ps-2.5">
                  <p className="flex justify-between gap-2 text-xs text-muted">
                    <span className="text-ink">{subjectOf(reason)}</span>+{format.number(reason.points)}
                  </p>
                  {reason.evidence === undefined ? null : (
                    <LeadQuote {...reason.evidence} conversationId={conversationId} />
                  )}
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
