"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";

const everyMs = 30_000;

/** When something happened: how long ago, and in full for whoever points at it. */
export function LastEvent({ at }: { at: number | null }) {
  const t = useTranslations("connections");
  const format = useFormatter();
  const timeZone = useViewerZone();
  const now = useNow({ updateInterval: everyMs });
  if (at === null) return <span>{t("neverHeard")}</span>;
  const full = format.dateTime(at, { timeZone, dateStyle: "medium", timeStyle: "medium" });
  const isNow = now.getTime() - at < 60_000;
  return (
    <time dateTime={new Date(at).toISOString()} title={full}>
      {isNow ? t("justNow") : format.relativeTime(at, now)}
    </time>
  );
}
