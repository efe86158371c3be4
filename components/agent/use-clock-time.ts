"use client";

import { useFormatter } from "next-intl";
import { useCallback } from "react";
import { useViewer } from "@/components/shell/viewer.ts";

/** Writes a moment (epoch ms) by the organization's clock: `14:02` today, with the day before that. */
export function useClockTime(): (at: number) => string {
  const format = useFormatter();
  const { timezone: timeZone } = useViewer().organization;
  return useCallback(
    (at: number) => {
      const day = (moment: number) => format.dateTime(moment, { timeZone, dateStyle: "short" });
      const isToday = day(at) === day(Date.now());
      return format.dateTime(at, {
        timeZone,
        hour: "2-digit",
        minute: "2-digit",
        ...(isToday ? {} : { day: "numeric", month: "short" }),
      });
    },
    [format, timeZone],
  );
}
