"use client";

import type { useOrganization } from "@clerk/nextjs";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { toast } from "sonner";
import { z } from "zod";
import { clerkRoleOf } from "@/components/shell/roles.ts";
import { useErrorText } from "@/components/shell/use-error-text.ts";
import { useFieldError } from "@/components/shell/use-field-error.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog, DialogActions } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { type Role, ROLES } from "@/lib/domain/permissions.ts";
import { grantableRoles } from "./member-rules.ts";

const schema = z.object({ email: z.email("notEmail"), role: z.enum(ROLES) });

const blank: z.infer<typeof schema> = { email: "", role: "sdr" };

type InviteDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  organization: NonNullable<ReturnType<typeof useOrganization>["organization"]>;
  ownRole: Role;
  onInvited: () => unknown;
};

export function InviteDialog({ open, onOpenChange, ...rest }: InviteDialogProps) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("inviteTitle")}
      description={t("inviteHint")}
      closeLabel={common("close")}
    >
      <InviteForm onClose={() => onOpenChange(false)} {...rest} />
    </Dialog>
  );
}

type InviteFormProps = Pick<InviteDialogProps, "organization" | "ownRole" | "onInvited"> & { onClose: () => void };

function InviteForm({ organization, ownRole, onInvited, onClose }: InviteFormProps) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const fieldError = useFieldError();
  const errorText = useErrorText();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: blank });
  const { errors, isSubmitting } = form.formState;
  const invite = form.handleSubmit(async ({ email, role }) => {
    try {
      await organization.inviteMember({ emailAddress: email, role: clerkRoleOf(role) });
      onInvited();
      toast.success(t("inviteSent", { email }));
      onClose();
    } catch (error) {
      form.setError("root", { message: errorText(error) });
    }
  });
  return (
    <form onSubmit={invite} noValidate className="grid gap-4">
      <Field label={t("email")} error={fieldError(errors.email) ?? errors.root?.message}>
        <Input
          type="email"
          autoComplete="off"
          inputMode="email"
          placeholder="ana@empresa.com.br"
          {...form.register("email")}
        />
      </Field>
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => <RoleField role={field.value} onChoose={field.onChange} ownRole={ownRole} />}
      />
      <DialogActions>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" variant="primary" busy={isSubmitting}>
          {t("sendInvite")}
        </Button>
      </DialogActions>
    </form>
  );
}

type RoleFieldProps = { role: Role; onChoose: (role: string) => void; ownRole: Role };

function RoleField({ role, onChoose, ownRole }: RoleFieldProps) {
  const t = useTranslations("people");
  const roleText = useTranslations("roles");
  return (
    <Field label={t("role")} hint={roleText(`${role}.can`)}>
      <Select
        value={role}
        onValueChange={onChoose}
        options={grantableRoles(ownRole).map((value) => ({ value, label: roleText(`${value}.name`) }))}
      />
    </Field>
  );
}
