"use client";

import { useFormatter, useTranslations } from "next-intl";
import { listTimeOf } from "@/components/time/days.ts";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";

/** When something was said, short; in full for whoever points at it, or has the focus on the line around it (`group/row`). */
export function ListTime({ at, now }: { at: number; now: number }) {
  const t = useTranslations("inbox.time");
  const format = useFormatter();
  const timeZone = useViewerZone();
  const time = listTimeOf({ at, now, timeZone });
  const full = format.dateTime(at, { timeZone, dateStyle: "medium", timeStyle: "short" });
  const words = {
    now: () => t("now"),
    minutes: () => t("minutes", { count: time.kind === "minutes" ? time.count : 0 }),
    clock: () => format.dateTime(at, { timeZone, hour: "2-digit", minute: "2-digit" }),
    yesterday: () => t("yesterday"),
    weekday: () => format.dateTime(at, { timeZone, weekday: "short" }),
    dayOfYear: () => format.dateTime(at, { timeZone, day: "numeric", month: "short" }),
    date: () => format.dateTime(at, { timeZone, dateStyle: "short" }),
  };
  return (
    <time dateTime={new Date(at).toISOString()} title={full} className="shrink-0 text-2xs text-muted">
      <span className="group-focus-visible/row:hidden">{words[time.kind]()}</span>
      <span aria-hidden className="hidden group-focus-visible/row:inline">
        {full}
      </span>
    </time>
  );
}
