"use client";

import { useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Banner } from "@/components/ui/banner.tsx";
import { api } from "@/convex/_generated/api";
import { useClockTime } from "./use-clock-time.ts";

/** For pages where people wait for the agent: says that nobody is answered automatically, and where to change it. */
export function AgentStoppedBanner({ className }: { className?: string }) {
  const t = useTranslations("agentStopped");
  const clockTime = useClockTime();
  const control = useQuery(api.agent.control.get, {});
  if (control === undefined || control.enabled) return null;
  const { switched } = control;
  return (
    <Banner
      tone="warn"
      {...(className === undefined ? {} : { className })}
      action={
        <Link href="/agent" className="shrink-0 font-medium underline underline-offset-2">
          {t("open")}
        </Link>
      }
    >
      {switched === null ? t("stopped") : t("since", { time: clockTime(switched.at), name: switched.by })}
    </Banner>
  );
}
