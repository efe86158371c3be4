"use client";

import { Bot, Hand } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCommands } from "@/components/command/use-commands.ts";
import { useUndoable } from "@/components/command/use-undoable.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Button } from "@/components/ui/button.tsx";
import type { Conversation } from "../rows.ts";
import { useConversationActions } from "../use-conversation-actions.ts";
import { handoverOf } from "./handover.ts";

const icons = { takeOver: Hand, giveBack: Bot };

/** Between the agent and people, in the same words everywhere: this button, `T`, the palette. */
export function HandoverButton({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("inbox.handover");
  const { _id: conversationId, status } = conversation;
  const actions = useConversationActions();
  const showError = useErrorToast();
  const undoable = useUndoable();
  const way = handoverOf(conversation);
  const go = {
    takeOver: () => actions.takeOver({ conversationId }).catch(showError),
    giveBack: () => actions.giveBack({ conversationId }).catch(showError),
  };
  const run = () => {
    if (way === null) return;
    void go[way]();
    undoable({ said: t(`said.${way}`), undo: () => void go[way === "takeOver" ? "giveBack" : "takeOver"]() });
  };
  const label = t(way ?? "takeOver");
  useCommands([{ id: "handover", keys: "t", label, group: "conversation", run, isEnabled: way !== null }]);
  if (way === null) return null;
  const Icon = icons[way];
  return (
    <Button
      size="sm"
      variant={status === "waiting" ? "primary" : "secondary"}
      onClick={run}
      className="max-sm:size-8 max-sm:px-0 touch:max-sm:size-11"
    >
      <Icon aria-hidden />
      <span className="max-sm:sr-only">{label}</span>
    </Button>
  );
}
