"use client";

import { useTranslations } from "next-intl";
import { useUndoable } from "@/components/command/use-undoable.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import type { Conversation } from "../rows.ts";
import { useConversationActions } from "../use-conversation-actions.ts";
import { handoverOf, stateBefore } from "./handover.ts";

/** Between the agent and people, the same from everywhere: the header, the banner, `T`, the palette. Undone, all is as it was. */
export function useHandover(conversation: Conversation) {
  const t = useTranslations("inbox.handover");
  const { takeOver, giveBack, undoTakeOver } = useConversationActions();
  const showError = useErrorToast();
  const undoable = useUndoable();
  const { _id: conversationId } = conversation;
  const way = handoverOf(conversation);
  const before = stateBefore(conversation);
  const run = () => {
    if (way === null) return;
    const go = way === "giveBack" ? giveBack : takeOver;
    void go({ conversationId }).catch(showError);
    const undo = () => (way === "giveBack" ? takeOver({ conversationId }) : undoTakeOver({ conversationId, before }));
    undoable({ said: t(`said.${way}`), undo: () => void undo().catch(showError) });
  };
  return { way, run, label: t(way ?? "takeOver") };
}
