"use client";

import { Ban, Bot } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useViewer } from "@/components/shell/viewer.ts";
import { cn } from "@/lib/cn.ts";
import { shownAuthorOf } from "./author.ts";
import { BubbleFooter } from "./bubble-footer.tsx";
import { BubbleTime } from "./bubble-time.tsx";
import { MessageBody } from "./message-body.tsx";
import { QuoteButton } from "./quote-button.tsx";
import { Quote } from "./quote.tsx";
import { Reactions } from "./reactions.tsx";
import { useThreadContext } from "./thread-context.ts";
import type { ThreadItem } from "./thread-items.ts";
import { WhyButton } from "./why-button.tsx";

type BubbleProps = { item: ThreadItem; isLit: boolean; isLast: boolean };

/** Ours to the end, theirs to the start; what the agent wrote has its colour, its icon and its name. */
export function Bubble({ item, isLit, isLast }: BubbleProps) {
  const { message, startsGroup, endsGroup } = item;
  const isOurs = message.direction === "outbound";
  return (
    <article
      data-message={message._id}
      className={cn("group/message flex flex-col", isOurs ? "items-end" : "items-start", endsGroup ? "pb-3" : "pb-0.5")}
    >
      <Author message={message} isShown={startsGroup} />
      <div className={cn("flex w-full items-center gap-1", isOurs && "justify-end")}>
        {isOurs ? <QuoteButton message={message} /> : null}
        <WhyButton message={message} />
        <div className={cn(bubbleStyle, groundOf(message), isLit && "outline-2 outline-brand")}>
          {message.quoted === null || message.deletedAt !== null ? null : <Quote quoted={message.quoted} />}
          {message.deletedAt === null ? (
            <MessageBody message={message} time={<BubbleTime message={message} />} />
          ) : (
            <Deleted time={<BubbleTime message={message} />} />
          )}
        </div>
        {isOurs ? null : <QuoteButton message={message} />}
      </div>
      <Reactions reactions={message.reactions} />
      <BubbleFooter message={message} isLast={isLast} />
    </article>
  );
}

type Message = ThreadItem["message"];

function groundOf({ author, direction }: Message): string {
  if (direction === "inbound") return "rounded-es-sm border border-line bg-surface";
  return author.kind === "member" ? "rounded-ee-sm bg-active" : "rounded-ee-sm bg-brand-soft";
}

function useSaidBy(message: Message): string {
  const t = useTranslations("inbox");
  const { isGroup } = useThreadContext();
  const author = shownAuthorOf({
    author: message.author,
    viewerId: useViewer().memberId,
    isGroup,
  });
  if (author === null) return t("authors.contact");
  return author.kind === "named" ? author.name : t(`authors.${author.kind}`);
}

/** Above each group for the eye, before each message for the ear. */
function Author({ message, isShown }: { message: Message; isShown: boolean }) {
  const said = useSaidBy(message);
  const { isGroup } = useThreadContext();
  const isImplied = message.author.kind === "contact" && !isGroup;
  return (
    <p className={isShown && !isImplied ? authorStyle : "sr-only"}>
      {message.author.kind === "agent" ? <Bot aria-hidden className="size-3 text-brand-text" /> : null}
      {said}
    </p>
  );
}

function Deleted({ time }: { time: ReactNode }) {
  const t = useTranslations("inbox.thread");
  return (
    <p className="flex items-center gap-1.5 text-sm text-muted italic">
      <Ban aria-hidden className="size-3.5 shrink-0" />
      {t("deleted")}
      {time}
    </p>
  );
}

const authorStyle = "mb-1 flex items-center gap-1 px-1 text-2xs font-medium text-muted";
const bubbleStyle =
  "relative flex max-w-[min(34rem,88%)] min-w-0 flex-col gap-1 rounded-xl px-3 py-1.5 text-ink -outline-offset-2 transition-[outline-color] md:max-w-[min(34rem,78%)]";
