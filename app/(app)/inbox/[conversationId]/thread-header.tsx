"use client";

import { ArrowLeft, PanelRight } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { ChannelIcon } from "../channel-icon.tsx";
import { HandlerChip } from "../handler-chip.tsx";
import { useInboxPath } from "../inbox-params.ts";
import type { Conversation } from "../rows.ts";
import { AssignMenu } from "./assign-menu.tsx";
import { DoneButton } from "./done-button.tsx";
import { HandoverButton } from "./handover-button.tsx";

export function ThreadHeader({ conversation, titleId }: { conversation: Conversation; titleId: string }) {
  const t = useTranslations("inbox.thread");
  const path = useInboxPath();
  const mayReply = useMay("inbox:reply");
  const showsLead = useSelectedLayoutSegment() === "lead";
  const thread = `/inbox/${conversation._id}`;
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-2 max-sm:h-14 max-sm:gap-0.5 md:ps-5 md:pe-3">
      <Button asChild variant="ghost" size="icon" className="md:hidden">
        <Link href={path("/inbox")} aria-label={t("back")}>
          <ArrowLeft aria-hidden className="rtl:rotate-180" />
        </Link>
      </Button>
      <div className="flex min-w-0 flex-1 items-center gap-x-2 max-sm:flex-col max-sm:items-start max-sm:gap-y-0.5">
        <h1 id={titleId} className="max-w-full min-w-0 truncate text-base font-semibold tracking-tight">
          {conversation.title}
        </h1>
        <span className="hidden min-w-0 shrink-100 items-center gap-1 text-xs text-muted sm:flex">
          <ChannelIcon channel={conversation.channel} />
          <span className="hidden truncate lg:max-xl:inline 2xl:inline">{conversation.connection.name}</span>
        </span>
        <HandlerChip row={conversation} />
      </div>
      {mayReply ? <HandoverButton conversation={conversation} /> : null}
      {mayReply && !conversation.isGroup ? <AssignMenu conversation={conversation} /> : null}
      {mayReply ? <DoneButton conversation={conversation} /> : null}
      <Button asChild variant="ghost" size="icon" className="xl:hidden">
        <Link
          href={path(showsLead ? thread : `${thread}/lead`)}
          replace={showsLead}
          aria-label={t(showsLead ? "hideLead" : "showLead")}
        >
          <PanelRight aria-hidden className="rtl:rotate-180" />
        </Link>
      </Button>
    </header>
  );
}
