"use client";

import { ChevronRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";
import { knownCode, LANGUAGES, SENTIMENTS } from "@/lib/agent/codes.ts";
import type { Why } from "./why.ts";

const microsPerUnit = 1_000_000;

/** Who wrote it, from which playbook, how long it took and what it cost: for who wants to know. */
export function WhyDetails({ why }: { why: Why }) {
  const t = useTranslations("inbox.why");
  const words = useTranslations("qualification");
  const format = useFormatter();
  const timeZone = useViewerZone();
  const { brain, fallback, playbookVersion, promptVersion, tookMs, usage, understanding, at } = why;
  const language = knownCode(LANGUAGES, understanding?.language ?? "");
  const sentiment = knownCode(SENTIMENTS, understanding?.sentiment ?? "");
  const isFree = usage.costMicros === 0;
  const cost = format.number(usage.costMicros / microsPerUnit, {
    style: "currency",
    currency: "USD",
    maximumFractionDigits: 4,
  });
  return (
    <details className="group border-t border-line px-4 py-3">
      <summary className="-mx-1.5 flex cursor-pointer list-none items-center gap-1 rounded-md px-1.5 py-1 text-xs font-medium text-muted hover:bg-hover hover:text-ink touch:py-3 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        {t("details")}
      </summary>
      <dl className="grid gap-1 pt-2 text-xs">
        {language === null ? null : <Row label={t("language")}>{words(`languages.${language}`)}</Row>}
        {sentiment === null ? null : <Row label={t("sentiment")}>{words(`sentiments.${sentiment}`)}</Row>}
        <Row label={t("brain")}>{brain}</Row>
        {fallback === null ? null : <Row label={t("fallback")}>{fallback}</Row>}
        <Row label={t("playbook")}>{t("version", { version: playbookVersion })}</Row>
        <Row label={t("prompt")}>{promptVersion}</Row>
        {tookMs === null ? null : (
          <Row label={t("took")}>
            {t("seconds", { seconds: format.number(tookMs / 1000, { maximumFractionDigits: 2 }) })} ·{" "}
            {format.dateTime(at, { timeZone, dateStyle: "short", timeStyle: "medium" })}
          </Row>
        )}
        <Row label={t("cost")}>{isFree ? t("free") : cost}</Row>
        {isFree ? null : (
          <Row label={t("tokens")}>
            {t("tokenCount", { input: format.number(usage.inputTokens), output: format.number(usage.outputTokens) })}
          </Row>
        )}
      </dl>
    </details>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 text-end [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
