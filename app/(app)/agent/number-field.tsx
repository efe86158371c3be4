"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { type FieldPath, useFormContext } from "react-hook-form";
import { Input } from "@/components/ui/input.tsx";
import { cn } from "@/lib/cn.ts";
import type { Range } from "@/lib/domain/playbook-limits.ts";
import type { FormValues } from "./form-values.ts";
import { useProblem } from "./use-problem.ts";

type NumberFieldProps = {
  name: Extract<FieldPath<FormValues>, `pacing.${string}` | "handoff.maxUnknownQuestions">;
  label: string;
  hint: string;
  unit: string;
  range: Range;
};

/** A number in a sentence's place: what it is for on one side, the box and its unit on the other. */
export function NumberField({ name, label, hint, unit, range }: NumberFieldProps) {
  const t = useTranslations("agent");
  const { register } = useFormContext<FormValues>();
  const error = useProblem()(name, t("rangeProblem", range));
  const id = useId();
  return (
    <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
      <div>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <p
          id={`${id}-note`}
          role={error === undefined ? undefined : "alert"}
          className={cn("text-xs", error === undefined ? "text-muted" : "text-danger")}
        >
          {error ?? hint}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <Input
          id={id}
          type="number"
          inputMode="numeric"
          min={range.least}
          max={range.most}
          className="w-20 text-end"
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={`${id}-note`}
          {...register(name, { valueAsNumber: true })}
        />
        <span className="w-20 text-sm text-muted">{unit}</span>
      </div>
    </div>
  );
}
