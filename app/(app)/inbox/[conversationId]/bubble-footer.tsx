"use client";

import { useConvexConnectionState } from "convex/react";
import { useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/cn.ts";
import { useComposerContext } from "./composer-context.ts";
import { deliveryMarkOf } from "./delivery-mark.ts";
import type { MessageRow } from "./message-row.ts";
import { isUnconfirmed } from "./optimistic.ts";
import { secondsLeft, sends } from "./sends.ts";

/** How far our last message got, in words; wherever one did not get through, why; and what can still be done about it. */
export function BubbleFooter({ message, isLast }: { message: MessageRow; isLast: boolean }) {
  const { status, direction, author } = message;
  if (status === null || direction === "inbound") return null;
  const { words, tone } = deliveryMarkOf(status);
  const isWaiting = status === "queued" && author.kind === "member";
  if (!words && !isLast && !isWaiting) return null;
  return (
    <div className={cn(footerStyle, tone === "danger" ? "text-danger" : tone === "warn" ? "text-warn" : "text-muted")}>
      {isWaiting ? <Waiting message={message} /> : <StateWords message={message} />}
      {status === "failed" || status === "unknown" ? <Again message={message} /> : null}
    </div>
  );
}

/** Causes that have words of their own. */
const failures = [
  "auth_expired",
  "rate_limited",
  "unreachable",
  "not_on_whatsapp",
  "not_found",
  "invalid_request",
] as const;

function StateWords({ message: { status, error } }: { message: MessageRow }) {
  const t = useTranslations("inbox");
  const known = failures.find((failure) => failure === error);
  if (status === null) return null;
  if (status !== "failed" || error === null) return <span>{t(`delivery.${status}`)}</span>;
  return <span>{t("delivery.failedBecause", { reason: known ? t(`composer.failures.${known}`) : error })}</span>;
}

const beatMs = 250;

/** It has not left: for some seconds for certain, longer without a connection. */
function Waiting({ message }: { message: MessageRow }) {
  const t = useTranslations("inbox.composer");
  const composer = useComposerContext();
  const isConnected = useConvexConnectionState().isWebSocketConnected;
  const [isCancelling, setIsCancelling] = useState(false);
  const send = sends.find(message.clientId);
  const now = useNow({ updateInterval: beatMs }).getTime();
  const left = send === null ? 0 : secondsLeft(send.sentAt, now);
  // A line that broke in silence counts as open for a while yet: the server answers at once, or it has not heard.
  const isOffline = isUnconfirmed(message) && (!isConnected || left === 0);
  const cancel = async () => {
    setIsCancelling(true);
    await composer?.cancel(message);
    setIsCancelling(false);
  };
  return (
    <>
      <span>{isOffline ? t("offline") : left > 0 ? t("leavesIn", { count: left }) : t("leaving")}</span>
      {composer?.mayWrite ? (
        <button type="button" disabled={isCancelling} onClick={() => void cancel()} className={actionStyle}>
          {t(isCancelling ? "cancelling" : "cancel")}
        </button>
      ) : null}
    </>
  );
}

function Again({ message }: { message: MessageRow }) {
  const t = useTranslations("inbox.composer");
  const composer = useComposerContext();
  if (composer === null || !composer.mayWrite || message.text === null) return null;
  return (
    <>
      <button type="button" onClick={() => void composer.retry(message)} className={actionStyle}>
        {t("retry")}
      </button>
      {message.status === "failed" ? (
        <button type="button" onClick={() => composer.edit(message)} className={actionStyle}>
          {t("edit")}
        </button>
      ) : null}
    </>
  );
}

const footerStyle = "flex max-w-full flex-wrap items-center justify-end gap-x-2 px-1 pt-0.5 text-2xs";
const actionStyle =
  "rounded-sm font-medium text-brand-text underline-offset-2 hover:underline disabled:opacity-60 touch:-my-2 touch:min-h-11 touch:px-1";
