"use client";

import { Check, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Button } from "@/components/ui/button.tsx";
import type { Conversation } from "../rows.ts";
import { useConversationActions } from "../use-conversation-actions.ts";

/** Done at once, and undone as easily: no question is asked. */
export function DoneButton({ conversation: { _id: conversationId, status } }: { conversation: Conversation }) {
  const t = useTranslations("inbox.done");
  const actions = useConversationActions();
  const showError = useErrorToast();
  const isDone = status === "done";
  const reopen = () => void actions.reopen({ conversationId }).catch(showError);
  const finish = () => {
    void actions.finish({ conversationId }).catch(showError);
    toast(t("finished"), { action: { label: t("undo"), onClick: reopen } });
  };
  const Icon = isDone ? RotateCcw : Check;
  return (
    <Button size="sm" onClick={isDone ? reopen : finish}>
      <Icon aria-hidden />
      <span className="max-sm:sr-only">{t(isDone ? "reopen" : "finish")}</span>
    </Button>
  );
}
