"use client";

import { useTranslations } from "next-intl";
import { boxOf } from "./media-sizes.ts";
import type { MessageMedia } from "./message-row.ts";

export function VideoView({ media, url }: { media: MessageMedia; url: string }) {
  const t = useTranslations("inbox.kinds");
  const box = boxOf(media);
  return (
    <div
      className="-mx-1.5 mt-0.5 max-w-[calc(100%+0.75rem)] overflow-hidden rounded-lg bg-sunken"
      style={{ width: box.width, aspectRatio: `${box.width} / ${box.height}` }}
    >
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what a lead films has no captions */}
      <video
        src={url}
        controls
        preload="metadata"
        playsInline
        aria-label={t("video")}
        className="size-full object-contain"
      />
    </div>
  );
}
