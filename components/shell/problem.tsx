"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { useErrorText } from "./use-error-text.ts";

type ProblemProps = { error: Error & { digest?: string }; onRetry: () => void };

/** A part of the page failed: what happened, what to do, and what to tell the support. */
export function Problem({ error, onRetry }: ProblemProps) {
  const t = useTranslations("problem");
  const errorText = useErrorText();
  return (
    <EmptyState
      heading="h1"
      icon={<TriangleAlert aria-hidden />}
      title={t("title")}
      action={
        <Button variant="primary" onClick={onRetry}>
          <RotateCw aria-hidden />
          {t("retry")}
        </Button>
      }
    >
      <p>{errorText(error)}</p>
      {error.digest ? (
        <p className="mt-2 font-mono text-xs text-faint">{t("reference", { id: error.digest })}</p>
      ) : null}
    </EmptyState>
  );
}
