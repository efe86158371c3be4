"use client";

import type { useUser } from "@clerk/nextjs";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { z } from "zod";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { useFieldError } from "@/components/shell/use-field-error.ts";
import { Button } from "@/components/ui/button.tsx";
import { Card } from "@/components/ui/card.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";

const schema = z.object({
  firstName: z.string().trim().min(1, "required").max(60, "tooLong"),
  lastName: z.string().trim().max(60, "tooLong"),
});

type ProfileFormProps = { user: NonNullable<ReturnType<typeof useUser>["user"]> };

export function ProfileForm({ user }: ProfileFormProps) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const fieldError = useFieldError();
  const showError = useErrorToast();
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { firstName: user.firstName ?? "", lastName: user.lastName ?? "" },
  });
  const { errors, isDirty, isSubmitting } = form.formState;
  const save = form.handleSubmit(async (profile) => {
    try {
      await user.update(profile);
      form.reset(profile);
      toast.success(common("saved"));
    } catch (error) {
      showError(error);
    }
  });
  return (
    <form onSubmit={save} noValidate>
      <Card
        title={t("profile")}
        description={t("profileHint")}
        footer={
          <Button type="submit" variant="primary" className="ms-auto" disabled={!isDirty} busy={isSubmitting}>
            {common("save")}
          </Button>
        }
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("firstName")} error={fieldError(errors.firstName)}>
            <Input autoComplete="given-name" {...form.register("firstName")} />
          </Field>
          <Field label={t("lastName")} error={fieldError(errors.lastName)}>
            <Input autoComplete="family-name" {...form.register("lastName")} />
          </Field>
        </div>
        <Field label={t("email")} hint={t("emailHint")}>
          <Input readOnly value={user.primaryEmailAddress?.emailAddress ?? ""} />
        </Field>
      </Card>
    </form>
  );
}
