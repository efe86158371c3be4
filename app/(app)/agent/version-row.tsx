"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { useViewer } from "@/components/shell/viewer.ts";
import { Badge } from "@/components/ui/badge.tsx";
import { Button } from "@/components/ui/button.tsx";

type VersionRowProps = {
  version: number;
  savedAt: number;
  authorName: string;
  state: "published" | "archived";
  onRestore: ((version: number) => void) | null;
};

const minuteMs = 60_000;

export function VersionRow({ version, savedAt, authorName, state, onRestore }: VersionRowProps) {
  const t = useTranslations("agent");
  const format = useFormatter();
  const now = useNow({ updateInterval: minuteMs });
  const { timezone: timeZone } = useViewer().organization;
  const full = format.dateTime(savedAt, { timeZone, dateStyle: "full", timeStyle: "short" });
  return (
    <li className="flex min-h-12 items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-sm font-medium">
          {t("versionNumber", { version })}
          {state === "published" ? <Badge tone="success">{t("inUse")}</Badge> : null}
        </p>
        <p className="truncate text-xs text-muted">
          {authorName} ·{" "}
          <time dateTime={new Date(savedAt).toISOString()} title={full}>
            {format.relativeTime(savedAt, now)}
          </time>
        </p>
      </div>
      {state === "archived" && onRestore !== null ? (
        <Button size="sm" aria-label={t("restoreVersion", { version })} onClick={() => onRestore(version)}>
          {t("restore")}
        </Button>
      ) : null}
    </li>
  );
}
