"use client";

import { useId, useMemo } from "react";
import { useMay } from "@/components/shell/viewer.ts";
import type { Conversation } from "../rows.ts";
import { ComposerContext } from "./composer-context.ts";
import { composerStateOf } from "./composer-state.ts";
import { Composer } from "./composer.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ThreadSkeleton } from "./conversation-skeleton.tsx";
import { MessageLog } from "./message-log.tsx";
import { SendStatus } from "./send-status.tsx";
import { ThreadFooter } from "./thread-footer.tsx";
import { ThreadHeader } from "./thread-header.tsx";
import { useComposer } from "./use-composer.ts";
import { useReplyCommands } from "./use-reply-commands.ts";
import { useThread } from "./use-thread.ts";

export function Thread({ conversation }: { conversation: Conversation }) {
  const titleId = useId();
  const thread = useThread(conversation);
  const state = composerStateOf(conversation, useMay("inbox:reply"));
  const composer = useComposer(conversation);
  const { actions } = composer;
  const mayWrite = state.kind !== "closed";
  const context = useMemo(() => ({ ...actions, mayWrite }), [actions, mayWrite]);
  useReplyCommands({
    field: composer.field,
    messages: thread.messages,
    quote: actions.quote,
    isEnabled: state.kind === "open",
  });
  return (
    <ComposerContext value={context}>
      <section aria-labelledby={titleId} className="flex min-h-0 flex-1 flex-col">
        <ThreadHeader conversation={conversation} titleId={titleId} />
        <ConnectionBanner connection={conversation.connection} />
        {thread.status === "LoadingFirstPage" ? (
          <ThreadSkeleton />
        ) : (
          <MessageLog conversation={conversation} thread={thread} titleId={titleId} />
        )}
        <SendStatus messages={thread.messages} />
        {state.kind === "closed" ? (
          <ThreadFooter conversation={conversation} />
        ) : (
          <Composer composer={composer} state={state} name={conversation.title} />
        )}
      </section>
    </ComposerContext>
  );
}
