"use client";

import { Download, FileText } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { sizeOf } from "./media-sizes.ts";
import type { MessageMedia } from "./message-row.ts";

export function DocumentCard({ media, url }: { media: MessageMedia; url: string }) {
  const t = useTranslations("inbox");
  const format = useFormatter();
  const name = media.fileName ?? t("kinds.document");
  const size = media.byteLength === null ? null : sizeOf(media.byteLength);
  return (
    <a
      href={url}
      download={name}
      target="_blank"
      rel="noreferrer"
      aria-label={t("thread.downloadNamed", { name })}
      className="mt-1 flex w-68 max-w-full items-center gap-3 rounded-lg border border-line bg-surface p-2 text-ink hover:bg-hover"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-md bg-active text-muted">
        <FileText aria-hidden className="size-4.5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">{name}</span>
        <span className="block text-2xs text-muted uppercase">
          {kindOf(media, name)}
          {size === null ? null : ` · ${format.number(size.value, { maximumFractionDigits: 1 })} ${size.unit}`}
        </span>
      </span>
      <Download aria-hidden className="me-1 size-4 shrink-0 text-muted" />
    </a>
  );
}

function kindOf({ mimeType }: MessageMedia, name: string): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1];
  return extension ?? mimeType.split("/").at(-1) ?? mimeType;
}
