"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo, useRef } from "react";
import { toast } from "sonner";
import { undoStack } from "@/components/command/undo.ts";
import { deviceStorage } from "@/components/shell/device-setting.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { useViewer } from "@/components/shell/viewer.ts";
import { errorCode } from "@/lib/errors.ts";
import type { Conversation } from "../rows.ts";
import { draftKey, Drafts, emptyDraft, type Draft } from "./drafts.ts";
import type { MessageRow } from "./message-row.ts";
import { isUnconfirmed } from "./optimistic.ts";
import { quotedOf } from "./quotable.ts";
import { sends, undoMs } from "./sends.ts";
import { useMessageActions } from "./use-message-actions.ts";

export const drafts = new Drafts(deviceStorage());

/** What one does with words of one's own in a conversation: write, send, take back, try again. */
export function useComposer({ _id: conversationId }: Pick<Conversation, "_id">) {
  const t = useTranslations("inbox.composer");
  const field = useRef<HTMLTextAreaElement>(null);
  const { memberId } = useViewer();
  const messages = useMessageActions();
  const showError = useErrorToast();
  const key = draftKey({ memberId, conversationId });
  const restore = useCallback(
    (draft: Draft) => {
      drafts.restore(key, draft);
      field.current?.focus();
    },
    [key],
  );
  const late = useCallback(
    (error: unknown, words: string) => (errorCode(error) === "conflict" ? void toast(words) : showError(error)),
    [showError],
  );
  const takeBack = useCallback(
    async (stored: Promise<MessageRow["_id"]>, draft: Draft) => {
      try {
        await messages.cancel({ messageId: await stored });
        restore(draft);
      } catch (error) {
        late(error, t("tooLate"));
      }
    },
    [messages, restore, late, t],
  );
  const send = useCallback(() => {
    const { text, quoted } = drafts.read(key);
    const clientId = crypto.randomUUID();
    const words = { text: text.trim(), quoted };
    const sentAt = Date.now();
    sends.note({ clientId, ...words, sentAt });
    drafts.change(key, emptyDraft);
    const about = quoted === null ? {} : { quotedId: quoted.messageId };
    const stored = messages.reply({ conversationId, clientId, text: words.text, ...about });
    sends.await(clientId, stored);
    undoStack.push({ id: clientId, until: sentAt + undoMs, undo: () => void takeBack(stored, words) });
    stored.catch((error: unknown) => {
      undoStack.drop(clientId);
      drafts.restore(key, words);
      showError(error);
    });
  }, [key, conversationId, messages, takeBack, showError]);
  const actions = useMemo(
    () => ({
      quote: (message: MessageRow) => {
        drafts.change(key, { quoted: quotedOf(message) });
        field.current?.focus();
      },
      cancel: (message: MessageRow) => {
        undoStack.drop(message.clientId ?? "");
        const stored = isUnconfirmed(message) ? sends.stored(message.clientId) : null;
        const quoted = sends.find(message.clientId)?.quoted ?? null;
        return takeBack(stored ?? Promise.resolve(message._id), { text: message.text ?? "", quoted });
      },
      edit: (message: MessageRow) => restore({ text: message.text ?? "", quoted: null }),
      retry: async (message: MessageRow) => {
        await messages.retry({ messageId: message._id }).catch((error: unknown) => late(error, t("stillChecking")));
      },
    }),
    [key, messages, restore, takeBack, late, t],
  );
  return { field, key, send, actions };
}
