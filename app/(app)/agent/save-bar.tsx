"use client";

import { useTranslations } from "next-intl";
import { useFormState, useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button.tsx";
import type { FormValues } from "./form-values.ts";
import { SECTIONS } from "./sections.ts";

type SaveBarProps = { nextVersion: number; restored: number | null; onSave: () => void; onDiscard: () => void };

/** There while something was written. */
export function SaveBar({ nextVersion, restored, onSave, onDiscard }: SaveBarProps) {
  const t = useTranslations("agent");
  const { errors, isSubmitting } = useFormState({ control: useFormContext<FormValues>().control });
  const wrong = SECTIONS.filter(({ holds }) => holds.some((key) => errors[key] !== undefined));
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-raised px-4 py-2.5 md:px-5">
      <output className="min-w-0 flex-1 text-sm max-sm:basis-full">
        <span className="font-medium">{restored === null ? t("unsaved") : t("restored", { version: restored })}</span>
        {wrong.length > 0 ? (
          <span className="text-danger">
            {" · "}
            {t("wrongIn", { sections: wrong.map(({ id }) => t(`sections.${id}.title`)).join(", ") })}
          </span>
        ) : null}
      </output>
      <Button className="max-sm:flex-1" disabled={isSubmitting} onClick={onDiscard}>
        {t("discard")}
      </Button>
      <Button
        variant="primary"
        className="max-sm:flex-1"
        busy={isSubmitting}
        aria-keyshortcuts="Meta+S Control+S"
        onClick={onSave}
      >
        {t("saveAs", { version: nextVersion })}
      </Button>
    </div>
  );
}
