"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge.tsx";

const tones = {
  connected: "success",
  connecting: "warn",
  pairing: "warn",
  disconnected: "danger",
  action_needed: "danger",
  draft: "neutral",
  removed: "danger",
} as const;

/** What a connection is able to do now, in a word. */
export function ConnectionState({ state }: { state: keyof typeof tones }) {
  const t = useTranslations("connections");
  return <Badge tone={tones[state]}>{t(`states.${state}`)}</Badge>;
}
