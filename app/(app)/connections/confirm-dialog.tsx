"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Dialog, DialogActions } from "@/components/ui/dialog.tsx";

type ConfirmDialogProps = {
  id: "rotate" | "disconnect" | "remove" | "removeDraft" | "webchat";
  name: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** For what cannot be undone: says what will happen before it does. */
export function ConfirmDialog({ id, name, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useTranslations("connections.confirm");
  const common = useTranslations("common");
  const [busy, start] = useTransition();
  const confirm = () =>
    start(async () => {
      await onConfirm();
      onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(`${id}.title`, { name })}
      description={t(`${id}.effect`)}
      closeLabel={common("close")}
    >
      <DialogActions>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button variant={id === "rotate" ? "primary" : "danger"} busy={busy} onClick={confirm}>
          {t(`${id}.action`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
