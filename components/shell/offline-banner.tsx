"use client";

import { useConvexConnectionState } from "convex/react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Spinner } from "@/components/ui/spinner.tsx";

/** A short break of the line is nothing to worry anyone with. */
const patienceMs = 2000;

export function OfflineBanner() {
  const t = useTranslations("shell");
  const connected = useConvexConnectionState().isWebSocketConnected;
  const offline = useLasting(!connected, patienceMs);
  return (
    <output>
      {offline ? (
        <span className="flex items-center justify-center gap-2 bg-warn-soft px-3 py-1.5 text-xs font-medium text-warn">
          <Spinner className="size-3.5" />
          {t("reconnecting")}
        </span>
      ) : null}
    </output>
  );
}

/** True once `now` has been true for the whole of `durationMs`; false at once when it is not. */
function useLasting(now: boolean, durationMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => setLasting(true), durationMs);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [now, durationMs]);
  return now && lasting;
}
