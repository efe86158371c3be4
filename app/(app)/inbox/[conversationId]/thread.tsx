"use client";

import { useId, type ReactNode } from "react";
import type { Conversation } from "../rows.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ThreadSkeleton } from "./conversation-skeleton.tsx";
import { MessageLog } from "./message-log.tsx";
import { ThreadFooter } from "./thread-footer.tsx";
import { ThreadHeader } from "./thread-header.tsx";
import { useThread } from "./use-thread.ts";

type ThreadProps = { conversation: Conversation; notice: ReactNode };

/** `notice` stands on top of the messages. */
export function Thread({ conversation, notice }: ThreadProps) {
  const titleId = useId();
  const thread = useThread(conversation);
  return (
    <section aria-labelledby={titleId} className="flex min-h-0 flex-1 flex-col">
      <ThreadHeader conversation={conversation} titleId={titleId} />
      <ConnectionBanner connection={conversation.connection} />
      {notice}
      {thread.status === "LoadingFirstPage" ? (
        <ThreadSkeleton />
      ) : (
        <MessageLog conversation={conversation} thread={thread} titleId={titleId} />
      )}
      <ThreadFooter conversation={conversation} />
    </section>
  );
}
