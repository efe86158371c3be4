"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import type { KeyboardEvent } from "react";
import { useViewer } from "@/components/shell/viewer.ts";
import { Avatar } from "@/components/ui/avatar.tsx";
import { cn } from "@/lib/cn.ts";
import { ChannelIcon } from "./channel-icon.tsx";
import { HandlerChip } from "./handler-chip.tsx";
import { useInboxPath } from "./inbox-params.ts";
import { ListTime } from "./list-time.tsx";
import { previewAuthorOf } from "./preview.ts";
import type { ConversationRow } from "./rows.ts";

type ConversationItemProps = {
  row: ConversationRow;
  now: number;
  position: { top: number; index: number; total: number };
  isOpen: boolean;
  isTabStop: boolean;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

export function ConversationItem({ row, now, position, isOpen, isTabStop, onFocus, onKeyDown }: ConversationItemProps) {
  const t = useTranslations("inbox");
  const path = useInboxPath();
  return (
    <li
      aria-setsize={position.total}
      aria-posinset={position.index + 1}
      className="absolute inset-x-0 top-0 h-16 px-1.5 py-px"
      style={{ transform: `translateY(${position.top}px)` }}
    >
      <Link
        href={path(`/inbox/${row._id}`)}
        data-conversation={row._id}
        aria-current={isOpen ? "page" : undefined}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        className={cn(linkStyle, isOpen && "bg-active hover:bg-active")}
      >
        <span className="relative shrink-0">
          <Avatar name={row.title} />
          <span className={cn(channelStyle, isOpen && "bg-active")}>
            <ChannelIcon channel={row.channel} className="size-3" />
          </span>
        </span>
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex items-baseline gap-2">
            <span className={cn("min-w-0 flex-1 truncate text-sm", row.unread ? "font-semibold" : "font-medium")}>
              {row.title}
            </span>
            <ListTime at={row.lastMessage?.at ?? row.lastActivityAt} now={now} />
          </span>
          <span className="flex h-5 items-center gap-2">
            <Preview row={row} />
            {row.unread ? (
              <span className="size-2 shrink-0 rounded-full bg-brand">
                <span className="sr-only">{t("unread")}</span>
              </span>
            ) : null}
            <HandlerChip row={row} />
          </span>
        </span>
      </Link>
    </li>
  );
}

function Preview({ row: { lastMessage: last, unread } }: { row: ConversationRow }) {
  const t = useTranslations("inbox");
  const { memberId } = useViewer();
  const style = cn("min-w-0 flex-1 truncate text-xs", unread ? "text-ink" : "text-muted");
  if (last === null) return <span className={style}>{t("noMessages")}</span>;
  const author = previewAuthorOf(last, memberId);
  const name = author.kind === "member" ? author.name : author.kind === "contact" ? null : t(`authors.${author.kind}`);
  return (
    <span className={style}>
      {name === null ? null : <span className="text-muted">{t("said", { name })} </span>}
      {last.preview || t(`kinds.${last.kind}`)}
    </span>
  );
}

const linkStyle =
  "group/row flex h-full items-center gap-3 rounded-lg px-2.5 -outline-offset-2 hover:bg-hover active:bg-active touch:transition-none";
const channelStyle =
  "absolute -end-1 -bottom-1 grid size-4.5 place-items-center rounded-full bg-surface text-muted group-hover/row:bg-hover";
