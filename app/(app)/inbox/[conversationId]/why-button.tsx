"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn.ts";
import type { MessageRow } from "./message-row.ts";
import { useWhy } from "./use-why.ts";

/** Beside what the agent wrote: quiet until one points at it, always there for a finger. */
export function WhyButton({ message: { author, turnId } }: { message: Pick<MessageRow, "author" | "turnId"> }) {
  const t = useTranslations("inbox.why");
  const { turnId: shown, show } = useWhy();
  if (author.kind !== "agent" || turnId === null) return null;
  const isShown = shown === turnId;
  return (
    <button
      type="button"
      aria-expanded={isShown}
      aria-label={t("ask")}
      onClick={() => show(turnId)}
      className={cn(
        "flex h-7 shrink-0 items-center gap-1 rounded-md px-1.5 text-xs font-medium transition-opacity hover:bg-hover focus-visible:opacity-100 touch:size-9 touch:justify-center touch:px-0 touch:opacity-100",
        isShown
          ? "text-brand-text opacity-100"
          : "text-muted opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100",
      )}
    >
      <CircleHelp aria-hidden className="size-4" />
      <span className="touch:hidden">{t("ask")}</span>
    </button>
  );
}
