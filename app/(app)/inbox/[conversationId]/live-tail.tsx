"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { newestSeq } from "./thread-items.ts";
import type { ThreadState } from "./use-thread.ts";

/** Reads out what comes in while the thread is open, and nothing of what was there before. */
export function LiveTail({ thread }: { thread: ThreadState }) {
  const t = useTranslations("inbox");
  const [openedAt] = useState(() => newestSeq(thread.messages));
  const last = thread.messages.at(-1);
  const news = last !== undefined && last.seq > openedAt && last.direction === "inbound" ? last : null;
  return (
    <output aria-live="polite" className="sr-only">
      {news === null ? null : (news.text ?? t(`kinds.${news.kind}`))}
    </output>
  );
}
