"use client";

import { useTranslations } from "next-intl";
import { useRouter, useSelectedLayoutSegment } from "next/navigation";
import { cn } from "@/lib/cn.ts";
import { useInboxPath } from "../inbox-params.ts";
import { useJumpRequest } from "./jump-request.ts";
import { parseMessageId } from "./message-id.ts";
import { useIsWide } from "./use-is-wide.ts";
import { useWhy } from "./use-why.ts";

type LeadQuoteProps = {
  quote: string;
  messageId: string;
  conversationId: string;
  /** The words are themselves what is known, not the proof below it. */
  isValue?: boolean;
};

/** The lead's own words; they lead to their message in the thread. */
export function LeadQuote({ quote, messageId, conversationId, isValue = false }: LeadQuoteProps) {
  const t = useTranslations("inbox.lead");
  const goTo = useGoToMessage(conversationId);
  return (
    <button
      type="button"
      aria-label={t("goTo", { quote })}
      onClick={() => goTo(messageId)}
      className={cn(quoteStyle, isValue ? "line-clamp-4 text-sm font-medium" : "line-clamp-3 text-xs text-muted")}
    >
      “{quote}”
    </button>
  );
}

const quoteStyle =
  "-mx-1 rounded-sm px-1 text-start decoration-line-strong underline-offset-2 [overflow-wrap:anywhere] hover:text-ink hover:underline touch:min-h-11 touch:py-1.5";

/** On a phone the thread is somewhere else: what lies over it goes away first. */
function useGoToMessage(conversationId: string): (messageId: string) => void {
  const { want } = useJumpRequest();
  const { turnId, hide } = useWhy();
  const isWide = useIsWide();
  const showsLead = useSelectedLayoutSegment() === "lead";
  const router = useRouter();
  const path = useInboxPath();
  return (messageId) => {
    const id = parseMessageId(messageId);
    if (id === null) return;
    if (!isWide && showsLead) router.replace(path(`/inbox/${conversationId}`));
    else if (!isWide && turnId !== null) hide();
    want(id);
  };
}
