"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn.ts";
import { deliveryMarkOf } from "./delivery-mark.ts";
import type { MessageRow } from "./message-row.ts";

/** How far our last message got, in words; and wherever one did not get through, why. */
export function BubbleFooter({ message, isLast }: { message: MessageRow; isLast: boolean }) {
  const t = useTranslations("inbox");
  const { status, direction, error } = message;
  if (status === null || direction === "inbound") return null;
  const { words, tone } = deliveryMarkOf(status);
  if (!words && !isLast) return null;
  return (
    <p
      className={cn(
        "px-1 pt-0.5 text-2xs",
        tone === "danger" ? "text-danger" : tone === "warn" ? "text-warn" : "text-muted",
      )}
    >
      {status === "failed" && error !== null ? t("delivery.failedBecause", { reason: error }) : t(`delivery.${status}`)}
    </p>
  );
}
