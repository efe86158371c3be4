"use client";

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import type { Conversation } from "../rows.ts";
import { useConversationActions } from "../use-conversation-actions.ts";
import { countNewer, newestSeq } from "./thread-items.ts";
import { endThreshold } from "./use-message-scroll.ts";
import type { ThreadState } from "./use-thread.ts";

type Following = {
  conversation: Conversation;
  thread: ThreadState;
  virtual: { getDistanceFromEnd: () => number };
};

/**
 * Whether one reads the end of the thread, and how many messages came in since one last did. What comes while the end is in sight, in a
 * window that is in sight, is read.
 */
export function useFollowing({ conversation, thread, virtual }: Following) {
  const actions = useConversationActions();
  const isWatched = useIsWatched();
  const isAtEnd = virtual.getDistanceFromEnd() <= endThreshold;
  const newest = newestSeq(thread.messages);
  const [seenSeq, setSeenSeq] = useState(newest);
  if (isAtEnd && newest > seenSeq) setSeenSeq(newest);
  const { _id: conversationId, unread } = conversation;
  const isRead = unread && isAtEnd && isWatched && newest > 0;
  // A reading that is not noted is noted with the next message; nobody has to hear of it.
  const note = useEffectEvent((seq: number) => void actions.markRead({ conversationId, seq }).catch(() => undefined));
  useEffect(() => {
    if (isRead) note(newest);
  }, [isRead, newest]);
  return { isAtEnd, waiting: countNewer(thread.messages, seenSeq) };
}

function useIsWatched(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      document.addEventListener("visibilitychange", onChange);
      return () => document.removeEventListener("visibilitychange", onChange);
    },
    () => document.visibilityState === "visible",
    () => false,
  );
}
