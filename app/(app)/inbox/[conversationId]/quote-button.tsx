"use client";

import { Reply } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn.ts";
import { useComposerContext } from "./composer-context.ts";
import type { MessageRow } from "./message-row.ts";
import { isQuotable } from "./quotable.ts";

/** Beside a bubble: begins an answer to it. In sight where the pointer or the focus is, and where there is no pointer always beside what they said. */
export function QuoteButton({ message }: { message: MessageRow }) {
  const t = useTranslations("inbox.thread");
  const composer = useComposerContext();
  if (composer === null || !composer.mayWrite || !isQuotable(message)) return null;
  return (
    <button
      type="button"
      aria-label={t("quote")}
      title={t("quote")}
      onClick={() => composer.quote(message)}
      className={cn(buttonStyle, message.direction === "outbound" && "touch:hidden")}
    >
      <Reply aria-hidden className="size-4 rtl:-scale-x-100" />
    </button>
  );
}

const buttonStyle = [
  "grid size-7 shrink-0 place-items-center rounded-md text-faint opacity-0 transition-opacity hover:bg-hover hover:text-ink",
  "focus-visible:opacity-100 group-hover/message:opacity-100 touch:-my-1 touch:size-11 touch:opacity-60",
].join(" ");
