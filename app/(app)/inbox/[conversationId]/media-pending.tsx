"use client";

import { FileWarning } from "lucide-react";
import { useTranslations } from "next-intl";
import { Spinner } from "@/components/ui/spinner.tsx";
import { boxOf } from "./media-sizes.ts";
import type { MessageMedia, MessageRow } from "./message-row.ts";

/** A file that is on its way from the provider, or that never came. As large as it will be, so that nothing moves when it does. */
export function MediaPending({ kind, media }: { kind: MessageRow["kind"]; media: MessageMedia }) {
  const t = useTranslations("inbox");
  const isFailed = media.state === "failed";
  const isPicture = !isFailed && (kind === "image" || kind === "video" || kind === "sticker");
  const box = isPicture ? boxOf(media) : { width: 240, height: 48 };
  return (
    <div
      className="mt-1 grid max-w-full place-items-center rounded-lg border border-dashed border-line-strong bg-sunken"
      style={box}
    >
      <span className="flex items-center gap-2 px-3 text-xs text-muted">
        {isFailed ? <FileWarning aria-hidden className="size-4 shrink-0" /> : <Spinner />}
        {t(isFailed ? "thread.mediaFailed" : "thread.mediaPending", { kind: t(`kinds.${kind}`) })}
      </span>
    </div>
  );
}
