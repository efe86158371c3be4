"use client";

import { useTranslations } from "next-intl";
import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field.tsx";
import { PLAYBOOK_RANGES } from "@/lib/domain/playbook-limits.ts";
import type { FormValues } from "./form-values.ts";
import { NumberField } from "./number-field.tsx";
import { Section } from "./section.tsx";
import { useProblem } from "./use-problem.ts";
import { WordsInput } from "./words-field.tsx";

export function HandoffSection() {
  const t = useTranslations("agent");
  const { control } = useFormContext<FormValues>();
  const problem = useProblem();
  return (
    <Section id="handoff">
      <Controller
        control={control}
        name="handoff.keywords"
        render={({ field }) => (
          <Field label={t("keywords")} hint={t("keywordsHint")} error={problem("handoff.keywords")}>
            <WordsInput {...field} placeholder={t("keywordsExample")} />
          </Field>
        )}
      />
      <NumberField
        name="handoff.maxUnknownQuestions"
        label={t("maxUnknown")}
        hint={t("maxUnknownHint")}
        unit={t("units.questions")}
        range={PLAYBOOK_RANGES.maxUnknownQuestions}
      />
    </Section>
  );
}
