"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useDeviceSetting } from "@/components/shell/device-setting.ts";
import type { Command } from "./command.ts";
import { KeysDialog } from "./keys-dialog.tsx";
import { Palette } from "./palette.tsx";
import { commandRegistry } from "./registry.ts";
import { shortcutSetting } from "./shortcut-setting.ts";
import { undoStack } from "./undo.ts";
import { useCommands } from "./use-commands.ts";
import { useShortcuts } from "./use-shortcuts.ts";

type Opened = { kind: "palette" | "keys"; commands: readonly Command[] };

/** Listens to the keyboard, and holds what lists the commands. Once per page. */
export function CommandCenter() {
  const t = useTranslations("commands");
  const [opened, setOpened] = useState<Opened | null>(null);
  const areOn = useDeviceSetting(shortcutSetting) === "on";
  const open = (kind: Opened["kind"]) => setOpened({ kind, commands: commandRegistry.list() });
  const close = () => setOpened(null);
  const undo = () => {
    const last = undoStack.pop(Date.now());
    if (last === null) toast(t("nothingToUndo"), { id: "nothing to undo" });
    else last.undo();
  };
  useShortcuts({ singleCharacters: areOn });
  useCommands([
    {
      id: "undo",
      keys: "z",
      label: t("undo"),
      group: "inbox",
      run: undo,
    },
    { id: "palette", keys: "mod+k", label: t("palette.open"), group: "help", run: () => open("palette") },
    { id: "keys", keys: "?", label: t("keys.title"), group: "help", run: () => open("keys") },
  ]);
  return (
    <>
      <Palette
        commands={opened?.kind === "palette" ? opened.commands.filter(({ id }) => id !== "palette") : null}
        showsKeys={areOn}
        onClose={close}
      />
      <KeysDialog commands={opened?.kind === "keys" ? opened.commands : null} areOn={areOn} onClose={close} />
    </>
  );
}
