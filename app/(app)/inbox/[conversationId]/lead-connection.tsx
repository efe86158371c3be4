"use client";

import { useTranslations } from "next-intl";
import { ConnectionState } from "@/components/connection/connection-state.tsx";
import { ChannelIcon } from "../channel-icon.tsx";
import type { Channel, Conversation } from "../rows.ts";
import { LeadRow } from "./lead-row.tsx";

type LeadConnectionProps = { connection: Conversation["connection"]; channel: Channel };

export function LeadConnection({ connection, channel }: LeadConnectionProps) {
  const t = useTranslations("inbox");
  return (
    <>
      <LeadRow label={t("lead.channel")}>
        <span className="flex items-center gap-1.5">
          <ChannelIcon channel={channel} className="text-muted" />
          <span className="truncate">{connection.name}</span>
        </span>
      </LeadRow>
      <LeadRow label={t("lead.state")}>
        <ConnectionState state={connection.state} />
      </LeadRow>
    </>
  );
}
