"use client";

import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useRef } from "react";
import { groupCommands, scoreLabel, type Command } from "./command.ts";
import { KeysHint } from "./keys-hint.tsx";
import { commandRegistry } from "./registry.ts";

type PaletteProps = { commands: readonly Command[] | null; showsKeys: boolean; onClose: () => void };

/** All that can be done here, found by its name. Null commands: closed. */
export function Palette({ commands, showsKeys, onClose }: PaletteProps) {
  const t = useTranslations("commands");
  const chosen = useRef<string | null>(null);
  const choose = (id: string) => {
    chosen.current = id;
    onClose();
  };
  // The focus is back where it was before the command runs, which may want it elsewhere.
  const runChosen = () => {
    const id = chosen.current;
    chosen.current = null;
    if (id !== null) setTimeout(() => commandRegistry.run(id));
  };
  return (
    <Dialog.Root open={commands !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=open]:animate-in data-[state=open]:fade-in-0" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={runChosen}
          onKeyDown={(event) => {
            if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            onClose();
          }}
          className={panelStyle}
        >
          <Dialog.Title className="sr-only">{t("palette.title")}</Dialog.Title>
          <CommandList commands={commands ?? []} showsKeys={showsKeys} onChoose={choose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type CommandListProps = { commands: readonly Command[]; showsKeys: boolean; onChoose: (id: string) => void };

function CommandList({ commands, showsKeys, onChoose }: CommandListProps) {
  const t = useTranslations("commands");
  return (
    <Cmdk
      loop
      vimBindings={false}
      label={t("palette.title")}
      filter={(_id, typed, [label = ""] = []) => scoreLabel(label, typed)}
    >
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <Cmdk.Input placeholder={t("palette.placeholder")} className={inputStyle} />
      </div>
      <Cmdk.List className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1.5 [scroll-padding-block:0.5rem]">
        <Cmdk.Empty className="px-3 py-8 text-center text-sm text-muted">{t("palette.none")}</Cmdk.Empty>
        {groupCommands(commands).map(({ group, commands: members }) => (
          <Cmdk.Group key={group} heading={t(`groups.${group}`)} className={groupStyle}>
            {members.map(({ id, label, keys }) => (
              <Cmdk.Item key={id} value={id} keywords={[label]} onSelect={() => onChoose(id)} className={itemStyle}>
                <span className="min-w-0 flex-1 truncate">{label}</span>
                {keys === null || !showsKeys ? null : <KeysHint keys={keys} className="touch:hidden" />}
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        ))}
      </Cmdk.List>
    </Cmdk>
  );
}

const panelStyle =
  "fixed inset-x-4 top-[12dvh] z-50 mx-auto max-w-136 overflow-hidden rounded-xl border border-line bg-raised shadow-overlay data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98";
const inputStyle = "h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint touch:text-lg";
const groupStyle =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint";
const itemStyle =
  "flex min-h-9 cursor-default items-center gap-3 rounded-md px-2.5 text-sm select-none data-[selected=true]:bg-hover touch:min-h-11";
