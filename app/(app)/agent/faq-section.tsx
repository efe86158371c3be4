"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Controller, useFieldArray, useFormContext } from "react-hook-form";
import { useEditLanguage } from "./edit-language.ts";
import { type FormValues, NO_TEXT } from "./form-values.ts";
import { LocalizedInput } from "./localized-input.tsx";
import { RowField } from "./row-field.tsx";
import { Rows } from "./rows.tsx";
import { Section } from "./section.tsx";
import { useProblem } from "./use-problem.ts";
import { WordsInput } from "./words-field.tsx";

export function FaqSection() {
  const t = useTranslations("agent");
  const { control } = useFormContext<FormValues>();
  const { fields, append, remove, move } = useFieldArray({ control, name: "faq" });
  return (
    <Section id="faq" localized>
      <Rows
        rows={fields}
        rowLabel={(at) => t("answerNumber", { number: at + 1 })}
        addLabel={t("addAnswer")}
        empty={t("noAnswers")}
        onAdd={() => append({ triggers: [], answer: NO_TEXT })}
        onRemove={remove}
        onMove={move}
      >
        {(at, actions) => <AnswerRow at={at} actions={actions} />}
      </Rows>
    </Section>
  );
}

function AnswerRow({ at, actions }: { at: number; actions: ReactNode }) {
  const t = useTranslations("agent");
  const { control } = useFormContext<FormValues>();
  const { language } = useEditLanguage();
  const problem = useProblem();
  return (
    <div className="grid gap-2 rounded-lg border border-line p-3">
      <Controller
        control={control}
        name={`faq.${at}.triggers`}
        render={({ field }) => (
          <div className="flex items-start gap-1.5 max-sm:flex-col-reverse max-sm:items-end max-sm:gap-0">
            <RowField label={t("triggers")} error={problem(`faq.${at}.triggers`)} className="w-full flex-1">
              <WordsInput {...field} placeholder={t("triggersExample")} />
            </RowField>
            <span className="max-sm:-mb-6 sm:pt-5">{actions}</span>
          </div>
        )}
      />
      <RowField label={t("answer")} error={problem(`faq.${at}.answer.${language}`)}>
        <LocalizedInput name={`faq.${at}.answer`} />
      </RowField>
    </div>
  );
}
