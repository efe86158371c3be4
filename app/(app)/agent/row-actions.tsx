"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";

type RowActionsProps = {
  idPrefix: string;
  at: number;
  count: number;
  label: string;
  onRemove: (at: number) => void;
  onMove: ((from: number, to: number) => void) | undefined;
};

export function RowActions({ idPrefix, at, count, label, onRemove, onMove }: RowActionsProps) {
  const t = useTranslations("agent");
  return (
    <span className="-me-1.5 flex shrink-0">
      {onMove !== undefined && count > 1 ? (
        <>
          <Button
            id={`${idPrefix}-up-${at}`}
            variant="ghost"
            size="icon"
            aria-label={t("moveUp", { row: label })}
            disabled={at === 0}
            onClick={() => onMove(at, at - 1)}
          >
            <ArrowUp aria-hidden />
          </Button>
          <Button
            id={`${idPrefix}-down-${at}`}
            variant="ghost"
            size="icon"
            aria-label={t("moveDown", { row: label })}
            disabled={at === count - 1}
            onClick={() => onMove(at, at + 1)}
          >
            <ArrowDown aria-hidden />
          </Button>
        </>
      ) : null}
      <Button
        id={`${idPrefix}-remove-${at}`}
        variant="ghost"
        size="icon"
        aria-label={t("removeRow", { row: label })}
        onClick={() => onRemove(at)}
      >
        <Trash2 aria-hidden />
      </Button>
    </span>
  );
}
