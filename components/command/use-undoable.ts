"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { undoStack } from "./undo.ts";

const toastMs = 6000;
/** `Z` reaches further back than the toast stays. */
const keptMs = 30_000;

type Done = {
  /** What the toast says. */
  said: string;
  undo: () => void;
};

/** Says what was done, and offers to take it back: by the toast and by `Z`. */
export function useUndoable(): (done: Done) => void {
  const t = useTranslations("commands");
  return useCallback(
    ({ said, undo }) => {
      const id = `undo ${performance.now()}`;
      const take = () => {
        undoStack.drop(id);
        toast.dismiss(id);
        undo();
      };
      undoStack.push({ id, undo: take, until: Date.now() + keptMs });
      toast(said, { id, duration: toastMs, action: { label: t("undo"), onClick: take } });
    },
    [t],
  );
}
