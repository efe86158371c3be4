"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import type { FormValues } from "./form-values.ts";
import { Section } from "./section.tsx";
import { useProblem } from "./use-problem.ts";

export function CompanySection() {
  const t = useTranslations("agent");
  const { register } = useFormContext<FormValues>();
  const problem = useProblem();
  return (
    <Section id="company">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("companyName")} error={problem("company.name")}>
          <Input autoComplete="organization" {...register("company.name")} />
        </Field>
        <Field label={t("website")} aside={t("optional")} error={problem("company.website")}>
          <Input inputMode="url" autoComplete="url" placeholder="https://" {...register("company.website")} />
        </Field>
      </div>
    </Section>
  );
}
