"use client";

import type { OptimisticLocalStore } from "convex/browser";
import { useMutation } from "convex/react";
import { useMemo } from "react";
import { useViewer, type Viewer } from "@/components/shell/viewer.ts";
import { api } from "@/convex/_generated/api";
import { patchRows, takenOver } from "../patch-rows.ts";
import type { ConversationRow } from "../rows.ts";
import { withSend } from "./optimistic.ts";
import { patchMessage } from "./patch-message.ts";
import { sends, type Send } from "./sends.ts";

/** What can be done with messages; each shows at once. The functions stay the same from render to render. */
export function useMessageActions() {
  const viewer = useViewer();
  const reply = useMutation(api.inbox.messages.reply);
  const cancel = useMutation(api.inbox.messages.cancelSend);
  const retry = useMutation(api.inbox.messages.retrySend);
  return useMemo(
    () => ({
      reply: reply.withOptimisticUpdate((store, { conversationId, clientId }) => {
        const send = sends.find(clientId);
        if (send === null) return;
        showSend(store, { conversationId, send, viewer });
        patchRows(store, { conversationId, viewerId: viewer.memberId, change: takenOver(viewer) });
      }),
      cancel: cancel.withOptimisticUpdate((store, { messageId }) =>
        patchMessage(store, { messageId, change: { status: "cancelled", error: null } }),
      ),
      retry: retry.withOptimisticUpdate((store, { messageId }) =>
        patchMessage(store, { messageId, change: { status: "queued", error: null } }),
      ),
    }),
    [viewer, reply, cancel, retry],
  );
}

type Shown = { conversationId: ConversationRow["_id"]; send: Send; viewer: Viewer };

/** Into the newest page of the thread; one that is not loaded yet will have it when it is. */
function showSend(store: OptimisticLocalStore, { conversationId, send, viewer: { memberId, name } }: Shown): void {
  for (const { args, value } of store.getAllQueries(api.inbox.messages.list)) {
    if (value === undefined || args.conversationId !== conversationId || args.paginationOpts.cursor !== null) continue;
    const page = withSend(value.page, send, { memberId, name });
    store.setQuery(api.inbox.messages.list, args, { ...value, page });
  }
}
