"use client";

import { undoStack } from "@/components/command/undo.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { newClientId } from "@/lib/client-id.ts";
import type { Conversation } from "../rows.ts";
import { drafts, emptyDraft, type Draft } from "./drafts.ts";
import type { MessageRow } from "./message-row.ts";
import { sends, undoMs } from "./sends.ts";
import { useMessageActions } from "./use-message-actions.ts";

type SendOptions = {
  conversationId: Conversation["_id"];
  /** Of the draft that is sent. */
  key: string;
  takeBack: (stored: Promise<MessageRow["_id"]>, draft: Draft) => Promise<void>;
};

/**
 * Sends what is written. It shows at once, and the field is free for the next message: they leave in the order in which they were sent.
 * What the server refuses comes back as a draft.
 */
export function useSend({ conversationId, key, takeBack }: SendOptions): () => void {
  const { reply } = useMessageActions();
  const showError = useErrorToast();
  return () => {
    const draft = drafts.read(key);
    const words = { ...draft, text: draft.text.trim() };
    const clientId = newClientId();
    const sentAt = Date.now();
    sends.note({ clientId, sentAt, ...words });
    drafts.change(key, emptyDraft);
    const about = words.quoted === null ? {} : { quotedId: words.quoted.messageId };
    const stored = reply({ conversationId, clientId, text: words.text, ...about });
    sends.await(clientId, stored);
    undoStack.push({ id: clientId, until: sentAt + undoMs, undo: () => void takeBack(stored, words) });
    stored.catch((error: unknown) => {
      undoStack.drop(clientId);
      drafts.restore(key, words);
      showError(error);
    });
  };
}
