"use client";

import { useQuery } from "convex/react";
import { useNow, useTranslations } from "next-intl";
import { api } from "@/convex/_generated/api";
import { cn } from "@/lib/cn.ts";
import type { Connection } from "./rows.ts";

const hourMs = 60 * 60_000;

/** What left by this connection in the last day, and what could not. */
export function Traffic({ connectionId }: { connectionId: Connection["_id"] }) {
  const t = useTranslations("connections");
  const now = useNow({ updateInterval: hourMs / 4 }).getTime();
  const since = Math.floor(now / hourMs) * hourMs - 24 * hourMs;
  const counts = useQuery(api.connections.connections.traffic, { connectionId, since });
  if (counts === undefined) return <span className="text-faint">…</span>;
  const { sent, failed } = counts;
  return (
    <span className="tabular-nums">
      {t("sent", { count: boundedCount(sent) })}
      {" · "}
      <span className={cn(failed > 0 && "font-medium text-danger")}>
        {t("failed", { count: boundedCount(failed) })}
      </span>
    </span>
  );
}

/** The back end stops counting at a hundred. */
function boundedCount(count: number): string {
  return count >= 100 ? "99+" : String(count);
}
