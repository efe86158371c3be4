"use client";

import { usePaginatedQuery } from "convex/react";
import { useMemo, useState } from "react";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";
import { api } from "@/convex/_generated/api";
import type { Conversation } from "../rows.ts";
import type { MessageRow } from "./message-row.ts";
import { buildThread } from "./thread-items.ts";

const firstPage = 40;
const pageSize = 60;

export type ThreadState = ReturnType<typeof useThread>;

/** The messages of a conversation, oldest first, as far back as they were asked for. */
export function useThread(conversation: Conversation) {
  const { _id: conversationId, unread } = conversation;
  const timeZone = useViewerZone();
  // The line above what is new stays where it was when one came in.
  const [readBefore] = useState(unread ? conversation.readSeq : null);
  const { results, status, loadMore } = usePaginatedQuery(
    api.inbox.messages.list,
    { conversationId },
    { initialNumItems: firstPage },
  );
  const isComplete = status === "Exhausted";
  // What a person took back was never said: its words are in the composer again.
  const messages = useMemo(() => results.filter((message) => !isTakenBack(message)).toReversed(), [results]);
  const items = useMemo(
    () => buildThread({ messages, timeZone, readSeq: readBefore, isComplete }),
    [messages, timeZone, readBefore, isComplete],
  );
  return { items, messages, status, loadOlder: () => loadMore(pageSize) };
}

function isTakenBack({ author, status }: MessageRow): boolean {
  return author.kind === "member" && status === "cancelled";
}
