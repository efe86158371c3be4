"use client";

import { useTranslations } from "next-intl";
import { useController, useFormContext } from "react-hook-form";
import { Segmented } from "@/components/ui/segmented.tsx";
import type { Language } from "@/lib/domain/playbook-language.ts";
import { type FormValues, LANGUAGES } from "./form-values.ts";

/** The first language is the one the agent begins in. Texts of a language that is switched off are kept. */
export function LanguagesField() {
  const t = useTranslations("agent");
  const { field } = useController({ control: useFormContext<FormValues>().control, name: "languages" });
  const [main = "pt", ...others] = field.value;
  const lead = (language: Language) => field.onChange([language, ...field.value.filter((one) => one !== language)]);
  const toggle = (language: Language, speaks: boolean) => {
    const rest = others.filter((one) => one !== language);
    field.onChange([main, ...(speaks ? [...rest, language] : rest)]);
  };
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      <div className="grid content-start gap-1.5">
        <p className="text-sm font-medium">{t("mainLanguage")}</p>
        <div className="flex">
          <Segmented
            label={t("mainLanguage")}
            value={main}
            onValueChange={lead}
            options={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
          />
        </div>
      </div>
      <fieldset className="grid min-w-0 content-start gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">{t("otherLanguages")}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {LANGUAGES.filter((language) => language !== main).map((language) => (
            <label key={language} className="flex h-8 items-center gap-2 text-sm touch:h-11">
              <input
                type="checkbox"
                className="size-4 accent-brand"
                checked={others.includes(language)}
                onChange={({ target }) => toggle(language, target.checked)}
              />
              {t(`languages.${language}`)}
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
