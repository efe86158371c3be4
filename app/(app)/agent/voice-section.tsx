"use client";

import { useTranslations } from "next-intl";
import { Controller, useFormContext } from "react-hook-form";
import { ChoiceCards } from "@/components/ui/choice-cards.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import type { FormValues } from "./form-values.ts";
import { LanguagesField } from "./languages-field.tsx";
import { Section } from "./section.tsx";
import { useProblem } from "./use-problem.ts";
import { WordsInput } from "./words-field.tsx";

const tones = ["warm", "direct", "formal"] as const;

/** Who the agent is to a lead. */
export function VoiceSection() {
  const t = useTranslations("agent");
  const { register, control } = useFormContext<FormValues>();
  const problem = useProblem();
  return (
    <Section id="voice">
      <Field label={t("agentName")} hint={t("agentNameHint")} error={problem("agentName")} className="sm:max-w-72">
        <Input autoComplete="off" {...register("agentName")} />
      </Field>
      <Controller
        control={control}
        name="tone"
        render={({ field }) => (
          <div className="grid gap-1.5">
            <p className="text-sm font-medium">{t("tone")}</p>
            <ChoiceCards
              label={t("tone")}
              value={field.value}
              onValueChange={field.onChange}
              options={tones.map((value) => ({
                value,
                title: t(`tones.${value}.name`),
                example: t(`tones.${value}.example`),
              }))}
            />
          </div>
        )}
      />
      <LanguagesField />
      <Controller
        control={control}
        name="optOutWords"
        render={({ field }) => (
          <Field label={t("optOutWords")} hint={t("optOutHint")} error={problem("optOutWords")}>
            <WordsInput {...field} placeholder={t("optOutExample")} />
          </Field>
        )}
      />
    </Section>
  );
}
