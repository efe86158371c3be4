"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn.ts";

/** Back to the end, and how much has come in there. */
export function NewPill({ count, onClick }: { count: number; onClick: () => void }) {
  const t = useTranslations("inbox.thread");
  return (
    <button
      type="button"
      aria-label={count === 0 ? t("toEnd") : undefined}
      onClick={onClick}
      className={cn(pillStyle, count === 0 ? quietStyle : newStyle)}
    >
      {count === 0 ? null : t("newMessages", { count })}
      <ArrowDown aria-hidden className="size-3.5" />
    </button>
  );
}

const pillStyle =
  "absolute bottom-3 flex h-8 items-center gap-1.5 rounded-full text-xs font-medium shadow-pop animate-in fade-in-0 slide-in-from-bottom-2 touch:h-11";
const newStyle = "start-1/2 -translate-x-1/2 bg-brand px-3 text-brand-ink hover:bg-brand-hover rtl:translate-x-1/2";
const quietStyle = "end-4 w-8 justify-center border border-line-strong bg-raised text-muted hover:text-ink touch:w-11";
