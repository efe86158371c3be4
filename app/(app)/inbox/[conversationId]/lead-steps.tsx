"use client";

import { Check, Circle, CircleDot, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn.ts";
import { type Step, STEPS } from "@/lib/domain/qualification-progress.ts";
import type { Lead } from "./lead-actions.ts";

const looks: Record<Step["state"], { icon: typeof Check; style: string; word: string }> = {
  satisfied: { icon: Check, style: "bg-brand text-brand-ink", word: "text-muted" },
  asked: { icon: CircleDot, style: "text-brand-text", word: "font-medium text-brand-text" },
  skipped: { icon: Minus, style: "bg-active text-muted", word: "text-faint" },
  open: { icon: Circle, style: "text-control", word: "text-faint" },
};

/** The four SPIN stages and the closing: the mark and the word say the same. */
export function LeadSteps({ spin }: { spin: Lead["spin"] }) {
  const t = useTranslations("inbox.lead");
  const words = useTranslations("qualification");
  return (
    <ol aria-label={t("progress")} className="grid">
      {STEPS.map((name) => {
        const { state } = spin[name];
        const { icon: Icon, style, word } = looks[state];
        return (
          <li key={name} className="group relative flex h-7 items-center gap-2.5 text-sm">
            <span
              aria-hidden
              className="absolute start-2 top-1/2 h-full w-px -translate-x-1/2 bg-line group-last:hidden rtl:translate-x-1/2"
            />
            <span aria-hidden className={cn("relative grid size-4 place-items-center rounded-full bg-surface", style)}>
              <Icon className={state === "satisfied" || state === "skipped" ? "size-2.5 stroke-3" : "size-4"} />
            </span>
            <span className={cn("flex-1", state === "open" || state === "skipped" ? "text-muted" : "font-medium")}>
              {words(`steps.${name}`)}
            </span>
            <span className={cn("text-xs", word)}>{words(`stepStates.${state}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
