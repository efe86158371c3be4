"use client";

import { useTranslations } from "next-intl";
import { Spinner } from "@/components/ui/spinner.tsx";
import type { Conversation } from "../rows.ts";
import { LiveTail } from "./live-tail.tsx";
import { MessageRows } from "./message-rows.tsx";
import { NewPill } from "./new-pill.tsx";
import { ThreadContext } from "./thread-context.ts";
import { TypingStrip } from "./typing-strip.tsx";
import { useFollowing } from "./use-following.ts";
import { useJump } from "./use-jump.ts";
import { useMessageScroll } from "./use-message-scroll.ts";
import type { ThreadState } from "./use-thread.ts";

type MessageLogProps = { conversation: Conversation; thread: ThreadState; titleId: string };

/**
 * Held at its end: what is new pushes the rest up while one reads the end, and moves nothing while one reads further up. The log itself
 * is silent, since scrolling draws lines that are not news; `LiveTail` speaks.
 */
export function MessageLog({ conversation, thread, titleId }: MessageLogProps) {
  const t = useTranslations("inbox.thread");
  const { pane, virtual, onPlayCapture } = useMessageScroll(thread);
  const { waiting, isAtEnd } = useFollowing({ conversation, thread, virtual });
  const { jumpTo, lit } = useJump({ thread, virtual });
  return (
    <ThreadContext value={{ jumpTo, isGroup: conversation.isGroup }}>
      <div className="relative flex min-h-0 flex-1 flex-col bg-canvas">
        <div
          ref={pane}
          role="log"
          aria-live="off"
          aria-labelledby={titleId}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is within reach of the keyboard
          tabIndex={0}
          onPlayCapture={onPlayCapture}
          className="min-h-0 flex-1 overflow-y-auto overscroll-contain -outline-offset-2 [overflow-anchor:none]"
        >
          {thread.status === "LoadingMore" ? (
            <div className="sticky top-2 z-10 h-0">
              <Spinner className="mx-auto text-faint" />
              <span className="sr-only">{t("loadingOlder")}</span>
            </div>
          ) : null}
          <MessageRows items={thread.items} virtual={virtual} lit={lit} />
        </div>
        {isAtEnd ? null : <NewPill count={waiting} onClick={() => virtual.scrollToEnd()} />}
        <TypingStrip conversation={conversation} />
        <LiveTail thread={thread} />
      </div>
    </ThreadContext>
  );
}
