"use client";

import { useTranslations } from "next-intl";
import type { MessageRow } from "./message-row.ts";
import { useThreadContext } from "./thread-context.ts";

/** What a message answers to. Leads there when it is in this thread. */
export function Quote({ quoted }: { quoted: NonNullable<MessageRow["quoted"]> }) {
  const t = useTranslations("inbox");
  const { jumpTo } = useThreadContext();
  const { messageId, text, author } = quoted;
  const words = (
    <>
      {author === null ? null : (
        <span className="block text-2xs font-medium text-brand-text">
          {t(author === "us" ? "authors.team" : "authors.contact")}
        </span>
      )}
      <span className="line-clamp-2 text-xs text-muted">{text ?? t("thread.quoteWithoutText")}</span>
    </>
  );
  if (messageId === null) return <blockquote className={quoteStyle}>{words}</blockquote>;
  return (
    <button type="button" onClick={() => jumpTo(messageId)} className={`${quoteStyle} hover:bg-hover`}>
      {words}
      <span className="sr-only">{t("thread.jumpToQuote")}</span>
    </button>
  );
}

const quoteStyle =
  "mt-1 block w-full min-w-0 rounded-md border-s-2 border-brand bg-surface px-2 py-1 text-start break-words touch:min-h-11";
