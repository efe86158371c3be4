"use client";

import { useMutation } from "convex/react";
import { useMemo } from "react";
import { useViewer } from "@/components/shell/viewer.ts";
import { api } from "@/convex/_generated/api";
import { givenBack, letGo, patchRows, takenOver } from "./patch-rows.ts";

/** What can be done with a conversation; each shows at once. The functions stay the same from render to render. */
export function useConversationActions() {
  const viewer = useViewer();
  const { memberId: viewerId } = viewer;
  const markRead = useMutation(api.inbox.conversations.markRead);
  const assign = useMutation(api.inbox.conversations.assign);
  const finish = useMutation(api.inbox.conversations.finish);
  const reopen = useMutation(api.inbox.conversations.reopen);
  const takeOver = useMutation(api.inbox.conversations.takeOver);
  const giveBack = useMutation(api.inbox.conversations.giveBack);
  const undoTakeOver = useMutation(api.inbox.conversations.undoTakeOver);
  return useMemo(
    () => ({
      markRead: markRead.withOptimisticUpdate((store, { conversationId }) =>
        patchRows(store, { conversationId, viewerId, change: { unread: false } }),
      ),
      assign: assign.withOptimisticUpdate((store, { conversationId, memberId }) => {
        const member = store
          .getQuery(api.organizations.members.list, {})
          ?.find((candidate) => candidate._id === memberId);
        if (memberId !== null && member === undefined) return;
        const assignee = member ? { memberId: member._id, name: member.name, imageUrl: member.imageUrl } : null;
        patchRows(store, { conversationId, viewerId, change: { assignee } });
      }),
      finish: finish.withOptimisticUpdate((store, { conversationId }) =>
        patchRows(store, { conversationId, viewerId, change: { status: "done" } }),
      ),
      reopen: reopen.withOptimisticUpdate((store, { conversationId }) =>
        patchRows(store, { conversationId, viewerId, change: { status: "open" } }),
      ),
      takeOver: takeOver.withOptimisticUpdate((store, { conversationId }) => {
        patchRows(store, { conversationId, viewerId, change: takenOver(viewer) });
        const lead = store.getQuery(api.agent.leads.get, { conversationId });
        if (lead) store.setQuery(api.agent.leads.get, { conversationId }, { ...lead, attention: null });
      }),
      undoTakeOver: undoTakeOver.withOptimisticUpdate((store, { conversationId, before }) =>
        patchRows(store, { conversationId, viewerId, change: letGo(before) }),
      ),
      giveBack: giveBack.withOptimisticUpdate((store, { conversationId }) =>
        patchRows(store, { conversationId, viewerId, change: givenBack }),
      ),
    }),
    [viewer, viewerId, markRead, assign, finish, reopen, takeOver, giveBack, undoTakeOver],
  );
}
