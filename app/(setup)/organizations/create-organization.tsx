"use client";

import { useOrganizationList } from "@clerk/nextjs";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { useFieldError } from "@/components/shell/use-field-error.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";

const schema = z.object({ name: z.string().trim().min(2, "tooShort").max(80, "tooLong") });

type CreateOrganizationProps = {
  /** Nothing else is on the page: this form is what it is about. */
  isFirst: boolean;
  onCreated: (id: string) => Promise<void>;
};

export function CreateOrganization({ isFirst, onCreated }: CreateOrganizationProps) {
  const t = useTranslations("organizations");
  const fieldError = useFieldError();
  const showError = useErrorToast();
  const { createOrganization } = useOrganizationList();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: "" } });
  const create = form.handleSubmit(async ({ name }) => {
    try {
      const organization = await createOrganization?.({ name });
      if (organization) await onCreated(organization.id);
    } catch (error) {
      showError(error);
    }
  });
  const Heading = isFirst ? "h1" : "h2";
  return (
    <section>
      <Heading className={isFirst ? "text-xl font-semibold tracking-tight" : "text-base font-semibold tracking-tight"}>
        {isFirst ? t("createFirst") : t("createAnother")}
      </Heading>
      <p className="mt-1 text-sm text-muted">{t("createHint")}</p>
      <form onSubmit={create} noValidate className="mt-4 grid gap-4">
        <Field label={t("name")} error={fieldError(form.formState.errors.name)}>
          <Input autoComplete="organization" placeholder={t("nameExample")} {...form.register("name")} />
        </Field>
        <Button
          type="submit"
          variant={isFirst ? "primary" : "secondary"}
          size="lg"
          busy={form.formState.isSubmitting}
          className="w-full"
        >
          {t("create")}
        </Button>
      </form>
    </section>
  );
}
