"use client";

import { Ellipsis, KeyRound, Pencil, Stethoscope, Trash2, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { RenameDialog } from "./rename-dialog.tsx";
import type { Connection } from "./rows.ts";
import { useConnectionActs } from "./use-connection-acts.ts";

type Asking = "rename" | "rotate" | "disconnect" | "remove";

/** What can be done with a connection beside the one thing that its card asks for. */
export function CardMenu({ connection }: { connection: Connection }) {
  const t = useTranslations("connections");
  const [asking, setAsking] = useState<Asking | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const acts = useConnectionActs(connection);
  const { name, state } = connection;
  const isDraft = state === "draft";
  const close = () => {
    setAsking(null);
    // The dialog would give the focus back to the item of the menu, which is gone.
    requestAnimationFrame(() => trigger.current?.focus());
  };
  const isLive = state === "connected" || state === "connecting";
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button ref={trigger} variant="ghost" size="icon" aria-label={t("menu", { name })} className="-me-1.5 -mt-1">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        {isDraft ? null : (
          <MenuItem onSelect={acts.check}>
            <Stethoscope aria-hidden />
            {t("acts.check")}
          </MenuItem>
        )}
        <MenuItem onSelect={() => setAsking("rename")}>
          <Pencil aria-hidden />
          {t("acts.rename")}
        </MenuItem>
        {isDraft ? null : (
          <MenuItem onSelect={() => setAsking("rotate")}>
            <KeyRound aria-hidden />
            {t("acts.rotate")}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem danger onSelect={() => setAsking(isLive ? "disconnect" : "remove")}>
          {isLive ? <Unplug aria-hidden /> : <Trash2 aria-hidden />}
          {t(isLive ? "acts.disconnect" : isDraft ? "acts.removeDraft" : "acts.remove")}
        </MenuItem>
      </Menu>
      <CardDialog asking={asking} connection={connection} acts={acts} onClose={close} />
    </>
  );
}

type CardDialogProps = {
  asking: Asking | null;
  connection: Connection;
  acts: ReturnType<typeof useConnectionActs>;
  onClose: () => void;
};

function CardDialog({ asking, connection, acts, onClose }: CardDialogProps) {
  const { name, state } = connection;
  if (asking === null) return null;
  if (asking === "rename") return <RenameDialog connection={connection} onClose={onClose} />;
  const id = asking === "remove" && state === "draft" ? "removeDraft" : asking;
  return <ConfirmDialog id={id} name={name} onConfirm={acts[asking]} onClose={onClose} />;
}
