"use client";

import { useFormatter, useNow } from "next-intl";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";

const minuteMs = 60_000;

/** How long ago, and exactly when to who points at it. */
export function HandoffTime({ at }: { at: number }) {
  const format = useFormatter();
  const timeZone = useViewerZone();
  const now = useNow({ updateInterval: minuteMs });
  const exact = format.dateTime(at, { timeZone, dateStyle: "short", timeStyle: "short" });
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={exact}
      className="ms-2 inline-block text-xs whitespace-nowrap font-normal text-muted"
    >
      {format.relativeTime(Math.min(at, now.getTime()), now)}
    </time>
  );
}
