"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useCommands } from "@/components/command/use-commands.ts";

/** Cmd or Ctrl with S saves from anywhere on the page. Null: nothing was written, and it says so. */
export function useSaveCommand({ isEnabled, save }: { isEnabled: boolean; save: (() => void) | null }): void {
  const t = useTranslations("agent");
  const run = save ?? (() => toast(t("nothingToSave"), { id: "nothing to save" }));
  useCommands([{ id: "save playbook", keys: "mod+s", label: t("saveCommand"), group: "agent", run, isEnabled }]);
}
