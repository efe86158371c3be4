"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useFieldError } from "@/components/shell/use-field-error.ts";
import { ChoiceCards } from "@/components/ui/choice-cards.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Textarea } from "@/components/ui/textarea.tsx";
import { type FirstRunAnswers, tones } from "./first-run-schema.ts";

type StepBodyProps = { field: keyof FirstRunAnswers; form: UseFormReturn<FirstRunAnswers> };

export function StepBody({ field, form }: StepBodyProps) {
  const t = useTranslations("welcome");
  const heading = useRef<HTMLHeadingElement>(null);
  // A new step starts at its heading, for those who read with their ears.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="mt-6 text-xl font-semibold tracking-tight outline-none">
        {t(`${field}.title`)}
      </h1>
      <p className="mt-1 mb-5 text-sm text-muted">{t(`${field}.hint`)}</p>
      <Question field={field} form={form} />
    </>
  );
}

function Question({ field, form }: StepBodyProps) {
  const t = useTranslations("welcome");
  const fieldError = useFieldError();
  const { errors } = form.formState;
  if (field === "company") {
    return (
      <Field label={t("company.label")} error={fieldError(errors.company)}>
        <Input autoComplete="organization" {...form.register("company")} />
      </Field>
    );
  }
  if (field === "sells") {
    return (
      <Field label={t("sells.label")} hint={t("sells.note")} error={fieldError(errors.sells)}>
        <Textarea className="min-h-28" placeholder={t("sells.example")} {...form.register("sells")} />
      </Field>
    );
  }
  return (
    <Controller
      control={form.control}
      name="tone"
      render={({ field: tone }) => (
        <ChoiceCards
          label={t("tone.label")}
          value={tone.value}
          onValueChange={tone.onChange}
          options={tones.map((value) => ({
            value,
            title: t(`tone.${value}.name`),
            example: t(`tone.${value}.example`),
          }))}
        />
      )}
    />
  );
}
