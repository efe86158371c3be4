"use client";

import { useId, useMemo, type ReactNode } from "react";
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
import { useWhyCommand } from "./use-why-command.ts";

type ThreadProps = { conversation: Conversation; notice: ReactNode };

/** `notice` stands on top of the messages. */
export function Thread({ conversation, notice }: ThreadProps) {
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
  useWhyCommand(thread.messages);
  return (
    <ComposerContext value={context}>
      <section aria-labelledby={titleId} className="flex min-h-0 flex-1 flex-col">
        <ThreadHeader conversation={conversation} titleId={titleId} />
        <ConnectionBanner connection={conversation.connection} />
        {notice}
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
