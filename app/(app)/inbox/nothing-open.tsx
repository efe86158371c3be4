"use client";

import { useQuery } from "convex/react";
import { MessagesSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMay } from "@/components/shell/viewer.ts";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { api } from "@/convex/_generated/api";
import { FirstSteps } from "./first-steps.tsx";

/**
 * Beside the list until a conversation is opened; a phone shows the list instead. Whoever connected a channel before teaching the agent is told
 * here what is left to do: leads may write, and nobody would answer.
 */
export function NothingOpen() {
  const t = useTranslations("inbox.nothingOpen");
  const manages = useMay("organization:manage");
  const done = useQuery(api.organizations.settings.onboarding, manages ? {} : "skip");
  if (done?.firstRun === false) {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto">
        <FirstSteps />
      </div>
    );
  }
  return (
    <div className="flex flex-1 items-center justify-center bg-canvas">
      <EmptyState icon={<MessagesSquare aria-hidden />} title={t("title")}>
        {t.rich("text", { key: (letter) => <kbd className={keyStyle}>{letter}</kbd> })}
      </EmptyState>
    </div>
  );
}

const keyStyle = "rounded-sm border border-line-strong bg-surface px-1 font-mono text-2xs text-ink";
