"use client";

import { MessagesSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state.tsx";

/** Beside the list until a conversation is opened; a phone shows the list instead. */
export function NothingOpen() {
  const t = useTranslations("inbox.nothingOpen");
  return (
    <div className="flex flex-1 items-center justify-center bg-canvas">
      <EmptyState icon={<MessagesSquare aria-hidden />} title={t("title")}>
        {t.rich("text", { key: (letter) => <kbd className={keyStyle}>{letter}</kbd> })}
      </EmptyState>
    </div>
  );
}

const keyStyle = "rounded-sm border border-line-strong bg-surface px-1 font-mono text-2xs text-ink";
