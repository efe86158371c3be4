"use client";

import { useTranslations } from "next-intl";
import { useMemo, useRef } from "react";
import { toast } from "sonner";
import { undoStack } from "@/components/command/undo.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { useViewer } from "@/components/shell/viewer.ts";
import { errorCode } from "@/lib/errors.ts";
import type { Conversation } from "../rows.ts";
import { draftKey, drafts, type Draft } from "./drafts.ts";
import type { MessageRow } from "./message-row.ts";
import { isUnconfirmed } from "./optimistic.ts";
import { quotedOf } from "./quotable.ts";
import { sends } from "./sends.ts";
import { useMessageActions } from "./use-message-actions.ts";
import { useSend } from "./use-send.ts";

/** What one does with words of one's own in a conversation: write, send, take back, try again. */
export function useComposer({ _id: conversationId }: Pick<Conversation, "_id">) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { memberId } = useViewer();
  const { cancel, retry } = useMessageActions();
  const saySorry = useRefusal();
  const t = useTranslations("inbox.composer");
  const key = draftKey({ memberId, conversationId });
  const actions = useMemo(() => {
    const restore = (draft: Draft) => {
      drafts.restore(key, draft);
      field.current?.focus();
    };
    const takeBack = async (stored: Promise<MessageRow["_id"]>, draft: Draft) => {
      try {
        await cancel({ messageId: await stored });
        restore(draft);
      } catch (error) {
        saySorry(error, t("tooLate"));
      }
    };
    return {
      takeBack,
      quote: (message: MessageRow) => {
        drafts.change(key, { quoted: quotedOf(message) });
        field.current?.focus();
      },
      cancel: (message: MessageRow) => {
        undoStack.drop(message.clientId ?? "");
        const stored = isUnconfirmed(message) ? sends.stored(message.clientId) : null;
        return takeBack(stored ?? Promise.resolve(message._id), draftOf(message));
      },
      edit: (message: MessageRow) => restore(draftOf(message)),
      retry: (message: MessageRow) =>
        retry({ messageId: message._id }).then(
          () => undefined,
          (error: unknown) => saySorry(error, t("stillChecking")),
        ),
    };
  }, [key, cancel, retry, saySorry, t]);
  const send = useSend({ conversationId, key, takeBack: actions.takeBack });
  return { field, key, send, actions };
}

/** The words of a message, to be written on. What it answered to is known of what this page sent. */
function draftOf({ text, clientId }: MessageRow): Draft {
  return { text: text ?? "", quoted: sends.find(clientId)?.quoted ?? null };
}

/** A conflict has words of its own: the message went on meanwhile. */
function useRefusal(): (error: unknown, words: string) => void {
  const showError = useErrorToast();
  return useMemo(
    () => (error, words) => (errorCode(error) === "conflict" ? void toast(words) : showError(error)),
    [showError],
  );
}
