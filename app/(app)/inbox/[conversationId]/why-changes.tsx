"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { knownCode } from "@/lib/agent/codes.ts";
import { STEPS } from "@/lib/domain/qualification-progress.ts";
import { LeadSection } from "./lead-section.tsx";
import { useLeadWords } from "./lead-words.ts";
import type { Why } from "./why.ts";

/** Score, outcome and stages, from what they were to what they became. */
export function WhyChanges({ why: { score, outcome, stages } }: { why: Why }) {
  const t = useTranslations("inbox.why");
  const words = useTranslations("qualification");
  const format = useFormatter();
  const { subjectOf } = useLeadWords();
  return (
    <LeadSection title={t("changed")}>
      <dl className="grid gap-1 text-sm">
        <Change label={t("score")} from={String(score.from)} to={String(score.to)} />
        {outcome.from === outcome.to ? null : (
          <Change label={t("outcome")} from={words(`outcomes.${outcome.from}`)} to={words(`outcomes.${outcome.to}`)} />
        )}
        {stages.map(({ stage, to }) => {
          const step = knownCode(STEPS, stage);
          const state = knownCode(["satisfied", "skipped"] as const, to);
          return (
            <Row key={stage} label={step === null ? stage : words(`steps.${step}`)}>
              {state === null ? to : words(`stepStates.${state}`)}
            </Row>
          );
        })}
      </dl>
      {score.from === score.to || score.reasons.length === 0 ? null : (
        <p className="mt-2 text-xs text-muted">
          {format.list(score.reasons.map((reason) => `${subjectOf(reason)} +${format.number(reason.points)}`))}
        </p>
      )}
    </LeadSection>
  );
}

function Change({ label, from, to }: { label: string; from: string; to: string }) {
  const t = useTranslations("inbox.why");
  return (
    <Row label={label}>
      {from === to ? (
        <span className="text-muted">
          {to}, {t("unchanged")}
        </span>
      ) : (
        <>
          <span aria-hidden>
            <span className="text-muted">{from} →</span> <span className="font-medium">{to}</span>
          </span>
          <span className="sr-only">{t("fromTo", { from, to })}</span>
        </>
      )}
    </Row>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
