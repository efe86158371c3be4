"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";
import { firstName } from "../handler.ts";
import type { Quoted } from "./drafts.ts";

type ComposerQuoteProps = {
  quoted: Quoted;
  /** Of the contact. */
  name: string;
  onRemove: () => void;
};

/** What the message that is being written answers to. */
export function ComposerQuote({ quoted, name, onRemove }: ComposerQuoteProps) {
  const t = useTranslations("inbox");
  return (
    <div className="flex items-center gap-2 rounded-md border-s-2 border-brand bg-sunken py-1 ps-2.5 pe-1">
      <p className="min-w-0 flex-1">
        <span className="block text-2xs font-medium text-brand-text">
          {t("composer.answering", { who: quoted.author === "us" ? t("authors.team") : firstName(name) })}
        </span>
        <span className="block truncate text-xs text-muted">{quoted.text ?? t("thread.quoteWithoutText")}</span>
      </p>
      <Button variant="ghost" size="icon" aria-label={t("composer.removeQuote")} onClick={onRemove}>
        <X aria-hidden />
      </Button>
    </div>
  );
}
