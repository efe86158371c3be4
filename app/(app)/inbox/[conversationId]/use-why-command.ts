"use client";

import { useTranslations } from "next-intl";
import { useCommands } from "@/components/command/use-commands.ts";
import type { MessageRow } from "./message-row.ts";
import { useWhy } from "./use-why.ts";

/** `I` explains the reply that has the focus, or the last one; pressed again, it closes. */
export function useWhyCommand(messages: readonly MessageRow[]): void {
  const t = useTranslations("inbox.why");
  const { turnId: shown, show, hide } = useWhy();
  const explained = messages.filter(({ author, turnId }) => author.kind === "agent" && turnId !== null);
  const ask = () => {
    const id = document.activeElement?.closest<HTMLElement>("[data-message]")?.dataset["message"];
    const chosen = explained.find((message) => message._id === id) ?? explained.at(-1);
    if (shown !== null) hide();
    else if (chosen?.turnId) show(chosen.turnId);
  };
  useCommands([
    { id: "why", keys: "i", label: t("command"), group: "conversation", run: ask, isEnabled: explained.length > 0 },
  ]);
}
