"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { NativeSelect } from "@/components/ui/native-select.tsx";
import { useEditLanguage } from "./edit-language.ts";
import { FACT_KEYS } from "./fact-keys.ts";
import type { FormValues, Stage } from "./form-values.ts";
import { LineInput } from "./line-input.tsx";
import { RowField } from "./row-field.tsx";
import { useProblem } from "./use-problem.ts";

type QuestionRowProps = {
  stage: Stage;
  at: number;
  customFacts: readonly { key: string; label: string }[];
  actions: ReactNode;
};

/** A question in its wordings, and the fact that an answer fills. */
export function QuestionRow({ stage, at, customFacts, actions }: QuestionRowProps) {
  const t = useTranslations("agent");
  const { register, control } = useFormContext<FormValues>();
  const { language } = useEditLanguage();
  const problem = useProblem();
  const name = `questions.${stage}.${at}` as const;
  const wordings = useWatch({ control, name: `${name}.wordings.${language}` });
  return (
    <div className="grid gap-2 rounded-lg border border-line p-3">
      <div className="flex items-end justify-between gap-2 max-sm:flex-col-reverse max-sm:gap-0">
        <RowField label={t("fact")} error={problem(`${name}.fact`)} className="w-full sm:max-w-56">
          <NativeSelect {...register(`${name}.fact`)}>
            {FACT_KEYS.map((key) => (
              <option key={key} value={key}>
                {t(`facts.${key}`)}
              </option>
            ))}
            {customFacts.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </NativeSelect>
        </RowField>
        <span className="max-sm:-mb-6">{actions}</span>
      </div>
      {wordings.map((_, nth) => (
        <RowField
          key={`${language}-${nth}`}
          label={nth === 0 ? t("wording") : t("rewording")}
          error={problem(`${name}.wordings.${language}.${nth}`)}
        >
          <WordingInput name={`${name}.wordings`} nth={nth} />
        </RowField>
      ))}
    </div>
  );
}

type WordingInputProps = {
  name: `questions.${Stage}.${number}.wordings`;
  nth: number;
  id?: string;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
};

function WordingInput({ name, nth, ...rest }: WordingInputProps) {
  const { register, control } = useFormContext<FormValues>();
  const { language, main } = useEditLanguage();
  const original = useWatch({ control, name: `${name}.${main}.${nth}` });
  return (
    <LineInput
      {...rest}
      {...register(`${name}.${language}.${nth}`)}
      lang={language}
      autoComplete="off"
      placeholder={language === main ? undefined : original}
    />
  );
}
