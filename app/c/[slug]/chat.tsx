"use client";

import { useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { OfflineBanner } from "@/components/shell/offline-banner.tsx";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";
import { api } from "@/convex/_generated/api";
import { ChatHeader } from "./chat-header.tsx";
import { chatItems } from "./chat-items.ts";
import { ChatLog } from "./chat-log.tsx";
import { Closed } from "./closed.tsx";
import { Composer } from "./composer.tsx";
import { useOutbox } from "./use-outbox.ts";
import { useSeen } from "./use-seen.ts";
import type { Visit } from "./use-visit.ts";

const PAGE = 60; // messages

export function Chat({ organization, visit }: { organization: string; visit: Visit }) {
  const t = useTranslations("webchat");
  const [limit, setLimit] = useState(PAGE);
  const isUp = visit === "inside";
  const thread = useQuery(api.webchat.visitor.thread, isUp ? { limit } : "skip");
  const { unsent, send, retry } = useOutbox({ isUp });
  const zone = useViewerZone();
  useSeen(thread?.rows ?? []);
  if (thread === null) return <Closed />;
  return (
    <main className="mx-auto flex h-dvh max-w-2xl flex-col bg-surface sm:border-x sm:border-line">
      <ChatHeader organization={organization} />
      <OfflineBanner />
      {visit === "busy" ? <output className="bg-warn-soft px-4 py-2 text-sm text-warn">{t("busy")}</output> : null}
      <ChatLog
        organization={organization}
        items={thread === undefined && unsent.length === 0 ? null : chatItems(thread?.rows ?? [], unsent, zone)}
        isAnswering={thread?.isAnswering ?? false}
        onEarlier={thread?.hasEarlier === true ? () => setLimit((last) => last + PAGE) : null}
        onRetry={retry}
      />
      <Composer isUp={isUp} onSend={send} />
    </main>
  );
}
