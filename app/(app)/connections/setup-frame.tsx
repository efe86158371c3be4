"use client";

import { ArrowLeft, Check, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { cn } from "@/lib/cn.ts";
import { type SetupStep, setupSteps } from "./setup-step.ts";

type SetupFrameProps = { step: SetupStep; name?: string; children: ReactNode };

/** The page around a step: the way back, how far one is, and a word for those who may not do this. */
export function SetupFrame({ step, name, children }: SetupFrameProps) {
  const t = useTranslations("connections");
  const manages = useMay("connections:manage");
  return (
    <>
      <header className="flex h-12 shrink-0 items-center gap-1.5 border-b border-line px-2 md:px-3">
        <Button asChild variant="ghost" size="icon">
          <Link href="/connections" aria-label={t("back")}>
            <ArrowLeft aria-hidden className="rtl:rotate-180" />
          </Link>
        </Button>
        <h1 className="truncate text-base font-semibold tracking-tight">{name ?? t("connectWhatsApp")}</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {manages ? (
          <div className="mx-auto max-w-168 px-4 py-6 md:px-8 md:py-10">
            <Progress step={step} />
            <div className="mt-6 md:mt-8">{children}</div>
          </div>
        ) : (
          <EmptyState icon={<Lock aria-hidden />} title={t("locked")}>
            {t("onlyManagers")}
          </EmptyState>
        )}
      </div>
    </>
  );
}

function Progress({ step }: { step: SetupStep }) {
  const t = useTranslations("connections");
  const reached = setupSteps.indexOf(step);
  return (
    <ol aria-label={t("steps.label")} className="flex items-center gap-2 text-sm">
      {setupSteps.map((key, index) => {
        const done = index < reached || step === "done";
        return (
          <li
            key={key}
            aria-current={key === step ? "step" : undefined}
            className={cn(
              "flex min-w-0 items-center gap-2",
              index > 0 && "flex-1 before:h-px before:flex-1 before:bg-line-strong",
            )}
          >
            <span className={cn(dotStyle, done ? doneStyle : key === step ? hereStyle : "border-control text-muted")}>
              {done ? <Check aria-hidden strokeWidth={3} className="size-3" /> : index + 1}
            </span>
            <span className={cn("truncate", key === step ? "font-medium" : "text-muted")}>{t(`steps.${key}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}

const dotStyle =
  "grid size-5 shrink-0 place-items-center rounded-full border text-2xs font-semibold tabular-nums transition-colors";
const doneStyle = "border-brand bg-brand text-brand-ink";
const hereStyle = "border-brand text-brand-text";
