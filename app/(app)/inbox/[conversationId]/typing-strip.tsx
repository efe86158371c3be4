"use client";

import { useQuery } from "convex/react";
import { useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "@/convex/_generated/api";
import { firstName } from "../handler.ts";
import type { Conversation } from "../rows.ts";

const beatMs = 5000;

/** Lies over the end of the log, where room is kept for it: somebody who starts to type moves nothing. */
export function TypingStrip({ conversation: { _id: conversationId, title } }: { conversation: Conversation }) {
  const t = useTranslations("inbox.thread");
  const beat = Math.floor(useNow({ updateInterval: beatMs }).getTime() / beatMs) * beatMs;
  const answer = useQuery(api.inbox.typing.get, { conversationId, now: beat });
  // Between two beats the answer is not there for a moment; the last one holds.
  const [isTyping, setIsTyping] = useState(false);
  if (answer !== undefined && answer.contact !== isTyping) setIsTyping(answer.contact);
  return (
    <output>
      {isTyping ? (
        <span className={stripStyle}>
          <span aria-hidden className="flex gap-0.5">
            {[0, 150, 300].map((delay) => (
              <span
                key={delay}
                className="size-1 animate-bounce rounded-full bg-muted"
                style={{ animationDelay: `${delay}ms` }}
              />
            ))}
          </span>
          {t("typing", { name: firstName(title) })}
        </span>
      ) : null}
    </output>
  );
}

const stripStyle =
  "absolute start-4 bottom-1.5 flex h-6 items-center gap-2 rounded-full border border-line bg-raised px-2.5 text-xs text-muted shadow-low md:start-5";
