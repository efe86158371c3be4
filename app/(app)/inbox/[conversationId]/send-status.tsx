"use client";

import { useTranslations } from "next-intl";
import type { MessageRow } from "./message-row.ts";
import { sends } from "./sends.ts";

/** Reads out how far the last message that was sent from here got; there from the start, or the first one would not be heard. */
export function SendStatus({ messages }: { messages: readonly MessageRow[] }) {
  const t = useTranslations("inbox");
  const last = messages.findLast(({ clientId }) => sends.find(clientId) !== null);
  const status = last?.status ?? null;
  return <output className="sr-only">{status === null ? null : t(`delivery.${status}`)}</output>;
}
