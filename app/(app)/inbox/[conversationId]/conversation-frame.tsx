"use client";

import { useQuery } from "convex/react";
import { useSelectedLayoutSegment } from "next/navigation";
import { useState } from "react";
import { api } from "@/convex/_generated/api";
import { cn } from "@/lib/cn.ts";
import { ConversationNotFound } from "../conversation-not-found.tsx";
import type { Conversation } from "../rows.ts";
import { parseConversationId } from "./conversation-id.ts";
import { ConversationSkeleton } from "./conversation-skeleton.tsx";
import { HandoffBanner } from "./handoff-banner.tsx";
import { JumpRequestContext } from "./jump-request.ts";
import { LeadPane } from "./lead-pane.tsx";
import type { MessageRow } from "./message-row.ts";
import { Thread } from "./thread.tsx";
import { useIsWide } from "./use-is-wide.ts";
import { useWhy } from "./use-why.ts";
import { WhyDrawer } from "./why-drawer.tsx";
import { WhyPanel } from "./why-panel.tsx";

export function ConversationFrame({ conversationId }: { conversationId: string }) {
  const id = parseConversationId(conversationId);
  const conversation = useQuery(api.inbox.conversations.get, id === null ? "skip" : { conversationId: id });
  if (id === null) return <ConversationNotFound />;
  if (conversation === undefined) return <ConversationSkeleton />;
  return <Panes conversation={conversation} />;
}

/**
 * Wide enough for both: the lead stands beside the thread. Narrower: it lies over it. A phone: one or the other. Why a reply was given
 * takes the lead's place, and comes up from below on a phone.
 */
function Panes({ conversation }: { conversation: Conversation }) {
  const showsLead = useSelectedLayoutSegment() === "lead";
  const [wanted, want] = useState<MessageRow["_id"] | null>(null);
  const { turnId } = useWhy();
  const isWide = useIsWide();
  const explained = isWide ? turnId : null;
  return (
    <JumpRequestContext value={{ wanted, want }}>
      <div className="relative flex min-h-0 flex-1">
        <div className={cn("flex min-h-0 min-w-0 flex-1 flex-col", showsLead && "max-md:invisible")}>
          <Thread conversation={conversation} notice={<HandoffBanner conversation={conversation} />} />
        </div>
        <div className={cn(sideStyle, showsLead || explained !== null ? "flex" : "hidden xl:flex")}>
          {explained === null ? (
            <LeadPane conversation={conversation} />
          ) : (
            <WhyPanel key={explained} turnId={explained} conversation={conversation} />
          )}
        </div>
        {isWide ? null : <WhyDrawer conversation={conversation} />}
      </div>
    </JumpRequestContext>
  );
}

const sideStyle = [
  "min-h-0 flex-col border-line bg-surface max-md:absolute max-md:inset-0",
  "md:max-xl:absolute md:max-xl:inset-y-0 md:max-xl:end-0 md:max-xl:z-10 md:max-xl:shadow-overlay md:w-80 md:shrink-0 md:border-s",
].join(" ");
