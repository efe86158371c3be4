"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { dayNameOf } from "@/components/time/days.ts";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";
import { Bubble } from "./bubble.tsx";
import type { ThreadItem } from "./thread-items.ts";

type MessageItemProps = { item: ThreadItem; isLit: boolean; isLast: boolean };

export function MessageItem({ item, isLit, isLast }: MessageItemProps) {
  const t = useTranslations("inbox.thread");
  return (
    <div className="px-4 md:px-5">
      {item.startsDay ? <DayLine at={item.message.sortAt} /> : null}
      {item.startsUnread ? (
        <div className="flex items-center gap-3 py-2 text-2xs font-medium text-brand-text before:h-px before:flex-1 before:bg-brand after:h-px after:flex-1 after:bg-brand">
          {t("unread")}
        </div>
      ) : null}
      <Bubble item={item} isLit={isLit} isLast={isLast} />
    </div>
  );
}

function DayLine({ at }: { at: number }) {
  const t = useTranslations("inbox.thread.days");
  const format = useFormatter();
  const timeZone = useViewerZone();
  const name = dayNameOf({ at, now: useNow().getTime(), timeZone });
  const words = {
    today: () => t("today"),
    yesterday: () => t("yesterday"),
    weekday: () => format.dateTime(at, { timeZone, weekday: "long" }),
    dayOfYear: () => format.dateTime(at, { timeZone, weekday: "short", day: "numeric", month: "long" }),
    date: () => format.dateTime(at, { timeZone, dateStyle: "long" }),
  };
  return (
    <div className="flex justify-center py-3">
      <h2 className="rounded-full border border-line bg-surface px-2.5 py-0.5 text-2xs font-medium text-muted first-letter:uppercase">
        {words[name]()}
      </h2>
    </div>
  );
}
