"use client";

import { useSyncExternalStore } from "react";
import { defaultTimeZone } from "@/i18n/locales.ts";

const never = () => () => {};

/** The time zone of the machine that one looks from. The server cannot know it. */
export function useViewerZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => defaultTimeZone,
  );
}
