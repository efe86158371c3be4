"use client";

import { ExternalLink, MapPin } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MessageRow } from "./message-row.ts";

/** A place in words. No map is fetched: only who opens the link tells a map where this lead is. */
export function LocationCard({ location }: { location: NonNullable<MessageRow["location"]> }) {
  const t = useTranslations("inbox");
  const { latitude, longitude, name, address } = location;
  const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <a
      href={`https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`}
      target="_blank"
      rel="noopener noreferrer"
      className="mt-1 flex w-68 max-w-full items-center gap-3 rounded-lg border border-line bg-surface p-2 text-ink hover:bg-hover"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-md bg-active text-muted">
        <MapPin aria-hidden className="size-4.5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">{name ?? t("kinds.location")}</span>
        <span className="block text-xs text-muted">{address ?? point}</span>
        <span className="sr-only">{t("thread.openMap")}</span>
      </span>
      <ExternalLink aria-hidden className="me-1 size-4 shrink-0 text-muted" />
    </a>
  );
}
