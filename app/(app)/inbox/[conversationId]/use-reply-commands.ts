"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { useCommands } from "@/components/command/use-commands.ts";
import type { MessageRow } from "./message-row.ts";
import { isQuotable } from "./quotable.ts";

type ReplyOptions = {
  field: RefObject<HTMLTextAreaElement | null>;
  messages: readonly MessageRow[];
  quote: (message: MessageRow) => void;
  isEnabled: boolean;
};

/** `R` begins an answer: to the message that has the focus, or to none. The palette also answers the last that the contact said. */
export function useReplyCommands({ field, messages, quote, isEnabled }: ReplyOptions): void {
  const t = useTranslations("inbox.composer");
  const last = messages.findLast((message) => message.direction === "inbound" && isQuotable(message));
  const reply = () => {
    const id = document.activeElement?.closest<HTMLElement>("[data-message]")?.dataset["message"];
    const focused = messages.find((message) => message._id === id && isQuotable(message));
    if (focused === undefined) field.current?.focus();
    else quote(focused);
  };
  useCommands([
    { id: "reply", keys: "r", label: t("reply"), group: "conversation", run: reply, isEnabled },
    {
      id: "quote last",
      keys: null,
      label: t("quoteLast"),
      group: "conversation",
      run: () => (last === undefined ? undefined : quote(last)),
      isEnabled: isEnabled && last !== undefined,
    },
  ]);
}
