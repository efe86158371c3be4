"use client";

import { useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { useSelectedLayoutSegment } from "next/navigation";
import { useState, type ReactNode } from "react";
import { AgentStoppedBanner } from "@/components/agent/agent-stopped-banner.tsx";
import { PageHeader } from "@/components/shell/page-header.tsx";
import { api } from "@/convex/_generated/api";
import { cn } from "@/lib/cn.ts";
import { FirstSteps } from "./first-steps.tsx";
import { InboxSkeleton } from "./inbox-skeleton.tsx";
import { ListOrder, ListOrderContext } from "./list-order.ts";
import { ListPane } from "./list-pane.tsx";

const oneRow = { numItems: 1, cursor: null };

/**
 * List and conversation side by side. A phone shows one of them, by the address; the other is only hidden, so that it is still
 * scrolled to where it was when one comes back.
 */
export function InboxFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("inbox");
  const openId = useSelectedLayoutSegment();
  const connections = useQuery(api.connections.connections.list, {});
  const [order] = useState(() => new ListOrder());
  const newest = useQuery(api.inbox.conversations.list, { filter: "all", paginationOpts: oneRow });
  if (openId === null && (connections === undefined || newest === undefined)) return <InboxSkeleton />;
  if (openId === null && connections?.length === 0 && newest?.page.length === 0) {
    return (
      <>
        <PageHeader title={t("title")} />
        <div className="min-h-0 flex-1 overflow-y-auto">
          <FirstSteps />
        </div>
      </>
    );
  }
  return (
    <ListOrderContext value={order}>
      <AgentStoppedBanner className={cn("mx-3 mt-3", openId !== null && "max-md:hidden")} />
      <div className="relative flex min-h-0 flex-1">
        <div className={cn(listStyle, openId !== null && "max-md:invisible")}>
          <ListPane openId={openId} />
        </div>
        <div className={cn(paneStyle, openId === null && "max-md:invisible")}>{children}</div>
      </div>
    </ListOrderContext>
  );
}

const paneStyle = "flex min-h-0 min-w-0 flex-1 flex-col max-md:absolute max-md:inset-0";
const listStyle =
  "flex min-h-0 flex-col border-line max-md:absolute max-md:inset-0 md:w-80 md:shrink-0 md:border-e lg:w-88";
