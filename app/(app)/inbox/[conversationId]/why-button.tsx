"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn.ts";
import { useWhy } from "./use-why.ts";

/** Quiet until one points at the message; always there for a finger. */
export function WhyButton({ turnId }: { turnId: string }) {
  const t = useTranslations("inbox.why");
  const { turnId: shown, show } = useWhy();
  const isShown = shown === turnId;
  return (
    <button
      type="button"
      aria-expanded={isShown}
      onClick={() => show(turnId)}
      className={cn(
        "min-h-6 rounded-sm px-1 text-2xs font-medium text-brand-text transition-opacity hover:underline focus-visible:opacity-100 touch:min-h-11 touch:opacity-100",
        isShown ? "opacity-100" : "opacity-0 group-hover/message:opacity-100",
      )}
    >
      {t("ask")}
    </button>
  );
}
