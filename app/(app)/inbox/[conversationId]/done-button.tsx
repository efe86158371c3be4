"use client";

import { Check, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCommands } from "@/components/command/use-commands.ts";
import { useUndoable } from "@/components/command/use-undoable.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Button } from "@/components/ui/button.tsx";
import type { Conversation } from "../rows.ts";
import { useConversationActions } from "../use-conversation-actions.ts";
import { useLeaveDone } from "../use-leave-done.ts";

/** Done at once, and undone as easily: no question is asked, and one goes on with the next conversation. */
export function DoneButton({ conversation: { _id: conversationId, status } }: { conversation: Conversation }) {
  const t = useTranslations("inbox.done");
  const actions = useConversationActions();
  const showError = useErrorToast();
  const undoable = useUndoable();
  const leave = useLeaveDone();
  const isDone = status === "done";
  const reopen = () => void actions.reopen({ conversationId }).catch(showError);
  const finish = () => {
    // Before the line leaves the list, or nobody would know which one was next.
    leave(conversationId);
    void actions.finish({ conversationId }).catch(showError);
    undoable({ said: t("finished"), undo: reopen });
  };
  const run = isDone ? reopen : finish;
  const label = t(isDone ? "reopen" : "finish");
  useCommands([{ id: "done", keys: "e", label, group: "conversation", run }]);
  const Icon = isDone ? RotateCcw : Check;
  return (
    <Button size="sm" onClick={run} className={compactStyle}>
      <Icon aria-hidden />
      <span className="max-sm:sr-only">{label}</span>
    </Button>
  );
}

const compactStyle =
  "max-sm:size-8 max-sm:border-0 max-sm:bg-transparent max-sm:px-0 max-sm:shadow-none touch:max-sm:size-11";
