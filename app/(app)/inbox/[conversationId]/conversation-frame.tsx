"use client";

import { useQuery } from "convex/react";
import { useSelectedLayoutSegment } from "next/navigation";
import { api } from "@/convex/_generated/api";
import { cn } from "@/lib/cn.ts";
import { ConversationNotFound } from "../conversation-not-found.tsx";
import { parseConversationId } from "./conversation-id.ts";
import { ConversationSkeleton } from "./conversation-skeleton.tsx";
import { LeadPane } from "./lead-pane.tsx";
import { Thread } from "./thread.tsx";

/** Wide enough for both: the lead stands beside the thread. Narrower: it lies over it. A phone: one or the other. */
export function ConversationFrame({ conversationId }: { conversationId: string }) {
  const showsLead = useSelectedLayoutSegment() === "lead";
  const id = parseConversationId(conversationId);
  const conversation = useQuery(api.inbox.conversations.get, id === null ? "skip" : { conversationId: id });
  if (id === null) return <ConversationNotFound />;
  if (conversation === undefined) return <ConversationSkeleton />;
  return (
    <div className="relative flex min-h-0 flex-1">
      <div className={cn("flex min-h-0 min-w-0 flex-1 flex-col", showsLead && "max-md:invisible")}>
        <Thread conversation={conversation} />
      </div>
      <div className={cn(leadStyle, showsLead ? "flex" : "hidden xl:flex")}>
        <LeadPane conversation={conversation} />
      </div>
    </div>
  );
}

const leadStyle = [
  "min-h-0 flex-col border-line bg-surface max-md:absolute max-md:inset-0",
  "md:max-xl:absolute md:max-xl:inset-y-0 md:max-xl:end-0 md:max-xl:shadow-overlay md:w-76 md:shrink-0 md:border-s",
].join(" ");
