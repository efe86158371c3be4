"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge.tsx";
import { ChannelIcon } from "../channel-icon.tsx";
import type { Channel, Conversation } from "../rows.ts";
import { LeadRow } from "./lead-row.tsx";

const tones = {
  connected: "success",
  connecting: "warn",
  pairing: "warn",
  disconnected: "danger",
  action_needed: "danger",
  draft: "warn",
  removed: "danger",
} as const;

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
        <Badge tone={tones[connection.state]}>{t(`states.${connection.state}`)}</Badge>
      </LeadRow>
    </>
  );
}
