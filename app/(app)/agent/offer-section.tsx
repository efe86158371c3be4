"use client";

import { useTranslations } from "next-intl";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { useEditLanguage } from "./edit-language.ts";
import { type FormValues, NO_TEXT } from "./form-values.ts";
import { LocalizedInput } from "./localized-input.tsx";
import { RowField } from "./row-field.tsx";
import { Rows } from "./rows.tsx";
import { Section } from "./section.tsx";
import { Subsection } from "./subsection.tsx";
import { useProblem } from "./use-problem.ts";

export function OfferSection() {
  const t = useTranslations("agent");
  const problem = useProblem();
  const { language } = useEditLanguage();
  return (
    <Section id="offer" localized>
      <Field label={t("summary")} hint={t("summaryHint")} error={problem(`offer.summary.${language}`)}>
        <LocalizedInput name="offer.summary" />
      </Field>
      <Benefits />
      <Links />
    </Section>
  );
}

function Benefits() {
  const t = useTranslations("agent");
  const { control } = useFormContext<FormValues>();
  const { fields, append, remove, move } = useFieldArray({ control, name: "offer.benefits" });
  const { language } = useEditLanguage();
  const problem = useProblem();
  const nameOf = (at: number) => t("benefitNumber", { number: at + 1 });
  return (
    <Subsection title={t("benefits")} hint={t("benefitsHint")}>
      <Rows
        rows={fields}
        rowLabel={nameOf}
        addLabel={t("addBenefit")}
        onAdd={() => append(NO_TEXT)}
        onRemove={remove}
        onMove={move}
      >
        {(at, actions) => (
          <div className="flex items-start gap-1.5">
            <RowField hidden label={nameOf(at)} error={problem(`offer.benefits.${at}.${language}`)} className="flex-1">
              <LocalizedInput lines="one" name={`offer.benefits.${at}`} placeholder={t("benefitExample")} />
            </RowField>
            {actions}
          </div>
        )}
      </Rows>
    </Subsection>
  );
}

function Links() {
  const t = useTranslations("agent");
  const { control, register } = useFormContext<FormValues>();
  const { fields, append, remove, move } = useFieldArray({ control, name: "offer.links" });
  const problem = useProblem();
  const nameOf = (at: number) => t("linkNumber", { number: at + 1 });
  return (
    <Subsection title={t("links")} hint={t("linksHint")}>
      <Rows
        rows={fields}
        rowLabel={nameOf}
        addLabel={t("addLink")}
        onAdd={() => append({ url: "" })}
        onRemove={remove}
        onMove={move}
      >
        {(at, actions) => (
          <div className="flex items-start gap-1.5">
            <RowField hidden label={nameOf(at)} error={problem(`offer.links.${at}.url`)} className="flex-1">
              <Input inputMode="url" placeholder="https://" {...register(`offer.links.${at}.url`)} />
            </RowField>
            {actions}
          </div>
        )}
      </Rows>
    </Subsection>
  );
}
