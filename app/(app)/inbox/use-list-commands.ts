"use client";

import { useTranslations } from "next-intl";
import { useCommands } from "@/components/command/use-commands.ts";

/** Walking the list from anywhere on the page. */
export function useListCommands(go: (key: "j" | "k") => void): void {
  const t = useTranslations("commands.list");
  useCommands([
    { id: "next", keys: "j", label: t("next"), group: "inbox", run: () => go("j"), repeats: true },
    { id: "previous", keys: "k", label: t("previous"), group: "inbox", run: () => go("k"), repeats: true },
  ]);
}
