"use client";

import type { useOrganization } from "@clerk/nextjs";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "convex/react";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { toast } from "sonner";
import { z } from "zod";
import { TimeZoneField } from "@/components/organization/time-zone-field.tsx";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { useFieldError } from "@/components/shell/use-field-error.ts";
import { Button } from "@/components/ui/button.tsx";
import { Card } from "@/components/ui/card.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { api } from "@/convex/_generated/api";
import { SlugField } from "./slug-field.tsx";

const agentLocales = ["pt-BR", "en", "es"] as const;

const schema = z.object({
  name: z.string().trim().min(2, "tooShort").max(80, "tooLong"),
  locale: z.enum(agentLocales),
  timezone: z.string(),
});

type OrganizationFormProps = {
  organization: NonNullable<ReturnType<typeof useOrganization>["organization"]>;
  locale: (typeof agentLocales)[number];
  timezone: string;
  isReadOnly: boolean;
};

export function OrganizationForm({ organization, locale, timezone, isReadOnly }: OrganizationFormProps) {
  const t = useTranslations("general");
  const common = useTranslations("common");
  const fieldError = useFieldError();
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { name: organization.name, locale, timezone },
  });
  const { errors, isDirty, isSubmitting } = form.formState;
  const save = useSave(organization, form.reset);
  return (
    <form onSubmit={form.handleSubmit(save)} noValidate>
      <Card
        title={t("organization")}
        description={t("organizationHint")}
        footer={
          isReadOnly ? null : (
            <Button type="submit" variant="primary" className="ms-auto" disabled={!isDirty} busy={isSubmitting}>
              {common("save")}
            </Button>
          )
        }
      >
        <fieldset disabled={isReadOnly} className="grid gap-4">
          <Field label={t("name")} error={fieldError(errors.name)}>
            <Input autoComplete="organization" {...form.register("name")} />
          </Field>
          <Controller
            control={form.control}
            name="locale"
            render={({ field }) => (
              <Field label={t("locale")} hint={t("localeHint")}>
                <Select
                  value={field.value}
                  onValueChange={field.onChange}
                  options={agentLocales.map((value) => ({ value, label: t(`locales.${value}`) }))}
                />
              </Field>
            )}
          />
          <TimeZoneField hint={t("timezoneHint")} current={timezone} {...form.register("timezone")} />
        </fieldset>
        <SlugField slug={organization.slug ?? ""} />
      </Card>
    </form>
  );
}

function useSave(organization: OrganizationFormProps["organization"], reset: (saved: z.infer<typeof schema>) => void) {
  const common = useTranslations("common");
  const showError = useErrorToast();
  const update = useMutation(api.organizations.settings.update);
  return async (wanted: z.infer<typeof schema>) => {
    const { name, locale, timezone } = wanted;
    try {
      // The name is Clerk's, and comes back to us with its webhook.
      if (name !== organization.name) await organization.update({ name });
      await update({ locale, timezone });
      reset(wanted);
      toast.success(common("saved"));
    } catch (error) {
      showError(error);
    }
  };
}
