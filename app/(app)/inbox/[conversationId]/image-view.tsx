"use client";

import { Download, X } from "lucide-react";
import { useTranslations } from "next-intl";
import Image from "next/image";
import { Dialog as Radix } from "radix-ui";
import { Button } from "@/components/ui/button.tsx";
import { boxOf } from "./media-sizes.ts";
import type { MessageMedia } from "./message-row.ts";

type ImageViewProps = { media: MessageMedia; url: string; isSticker: boolean; caption: string | null };

/** A picture in the room that was kept for it; opens larger. The bytes are the lead's: no optimiser has to see them. */
export function ImageView({ media, url, isSticker, caption }: ImageViewProps) {
  const t = useTranslations("inbox");
  const box = isSticker ? { width: 128, height: 128 } : boxOf(media);
  const words = caption ?? t(isSticker ? "kinds.sticker" : "kinds.image");
  const picture = (
    <Image
      unoptimized
      src={url}
      alt={words}
      width={box.width}
      height={box.height}
      draggable={false}
      className={isSticker ? "size-32 object-contain" : "size-full object-cover"}
    />
  );
  if (isSticker) return picture;
  return (
    <Radix.Root>
      <Radix.Trigger
        aria-label={t("thread.openImage", { name: words })}
        className="-mx-1.5 mt-0.5 block max-w-[calc(100%+0.75rem)] overflow-hidden rounded-lg bg-sunken"
        style={{ width: box.width, aspectRatio: `${box.width} / ${box.height}` }}
      >
        {picture}
      </Radix.Trigger>
      <LargeImage url={url} name={words} fileName={media.fileName} />
    </Radix.Root>
  );
}

function LargeImage({ url, name, fileName }: { url: string; name: string; fileName: string | null }) {
  const t = useTranslations("inbox.thread");
  const common = useTranslations("common");
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-canvas/95 data-[state=open]:animate-in data-[state=open]:fade-in-0" />
      <Radix.Content aria-describedby={undefined} className="fixed inset-0 z-50 flex flex-col outline-none">
        <div className="flex h-12 shrink-0 items-center gap-1 px-2 ps-4">
          <Radix.Title className="min-w-0 flex-1 truncate text-sm font-medium">{name}</Radix.Title>
          <Button asChild variant="ghost" size="icon">
            <a href={url} download={fileName ?? ""} target="_blank" rel="noreferrer" aria-label={t("download")}>
              <Download aria-hidden />
            </a>
          </Button>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon" aria-label={common("close")}>
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        <Radix.Close
          tabIndex={-1}
          aria-hidden
          className="grid min-h-0 flex-1 cursor-zoom-out place-items-center p-4 pt-0"
        >
          <span className="relative size-full">
            <Image unoptimized fill src={url} alt="" className="object-contain" />
          </span>
        </Radix.Close>
      </Radix.Content>
    </Radix.Portal>
  );
}
