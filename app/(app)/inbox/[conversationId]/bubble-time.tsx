"use client";

import { Ban, Check, CheckCheck, CircleAlert, CircleQuestionMark, Clock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";
import { cn } from "@/lib/cn.ts";
import { deliveryMarkOf, type DeliveryMark } from "./delivery-mark.ts";
import type { MessageRow } from "./message-row.ts";

/** When it was said by the provider's clock, whether it was edited, and how far it got. */
export function BubbleTime({ message }: { message: MessageRow }) {
  const t = useTranslations("inbox.thread");
  const format = useFormatter();
  const timeZone = useViewerZone();
  const at = message.providerAt ?? message.sortAt;
  return (
    <span className="float-end ms-3 mt-1 flex h-4 items-center gap-1 self-end text-2xs text-muted not-italic">
      {message.editedAt === null || message.deletedAt !== null ? null : <span>{t("edited")}</span>}
      <time
        dateTime={new Date(at).toISOString()}
        title={format.dateTime(at, { timeZone, dateStyle: "full", timeStyle: "medium" })}
      >
        {format.dateTime(at, { timeZone, hour: "2-digit", minute: "2-digit" })}
      </time>
      {message.status === null || message.direction === "inbound" ? null : <Tick state={message.status} />}
    </span>
  );
}

const icons = {
  clock: Clock,
  check: Check,
  checks: CheckCheck,
  question: CircleQuestionMark,
  alert: CircleAlert,
  ban: Ban,
};
const tones: Record<DeliveryMark["tone"], string> = {
  quiet: "text-muted",
  read: "text-brand-text [&_svg]:stroke-3",
  warn: "text-warn",
  danger: "text-danger",
};

function Tick({ state }: { state: NonNullable<MessageRow["status"]> }) {
  const t = useTranslations("inbox");
  const { icon, tone } = deliveryMarkOf(state);
  const Icon = icons[icon];
  return (
    <span title={t(`delivery.${state}`)} className={cn("inline-flex", tones[tone])}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{t(`delivery.${state}`)}</span>
    </span>
  );
}
