"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "convex/react";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useErrorText } from "@/components/shell/use-error-text.ts";
import { useFieldError } from "@/components/shell/use-field-error.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog, DialogActions } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { api } from "@/convex/_generated/api";
import type { Connection } from "./rows.ts";

const schema = z.object({ name: z.string().trim().min(1, "required").max(80, "tooLong") });

type RenameDialogProps = { connection: Connection; onClose: () => void };

export function RenameDialog({ connection, onClose }: RenameDialogProps) {
  const t = useTranslations("connections");
  const common = useTranslations("common");
  const rename = useMutation(api.connections.connections.rename);
  const fieldError = useFieldError();
  const errorText = useErrorText();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: connection.name } });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(async ({ name }) => {
    try {
      await rename({ connectionId: connection._id, name });
      onClose();
    } catch (error) {
      form.setError("root", { message: errorText(error) });
    }
  });
  return (
    <Dialog open onOpenChange={onClose} title={t("acts.rename")} closeLabel={common("close")}>
      <form onSubmit={save} noValidate>
        <Field
          label={t("setup.name")}
          hint={t("setup.nameHint")}
          error={fieldError(errors.name) ?? errors.root?.message}
        >
          <Input autoComplete="off" {...form.register("name")} />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant="primary" busy={isSubmitting}>
            {common("save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
