"use client";

import { useTranslations } from "next-intl";
import type { FieldError, UseFormReturn } from "react-hook-form";
import { useWatch } from "react-hook-form";
import { useFieldError } from "@/components/shell/use-field-error.ts";
import { useViewer } from "@/components/shell/viewer.ts";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { suggestInstanceName } from "./instance-name.ts";
import type { ServerFields } from "./server-schema.ts";

const problems = [
  "published",
  "refused",
  "missing",
  "taken",
  "privateAddress",
  "unknownHost",
  "otherServer",
  "notAnAddress",
  "silent",
  "accountForm",
] as const;

type ServerInputsProps = {
  form: UseFormReturn<ServerFields>;
  /** The server is known and stays. */
  hasAddress: boolean;
};

export function ServerInputs({ form, hasAddress }: ServerInputsProps) {
  const t = useTranslations("connections.setup");
  const problemOf = useProblem();
  const { slug } = useViewer().organization;
  const { errors, dirtyFields } = form.formState;
  const mode = useWatch({ control: form.control, name: "mode" });
  const follow = (name: string) => {
    if (mode === "create" && !dirtyFields.account) form.setValue("account", suggestInstanceName(slug, name));
  };
  const plain = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
  return (
    <div className="grid gap-4">
      <Field label={t("name")} hint={t("nameHint")} error={problemOf(errors.name)}>
        <Input
          autoComplete="off"
          readOnly={hasAddress}
          {...form.register("name", { onChange: (event) => follow(event.target.value) })}
        />
      </Field>
      <Field label={t("address")} hint={t("addressHint")} error={problemOf(errors.address)}>
        <Input
          {...plain}
          inputMode="url"
          dir="ltr"
          placeholder="https://evolution.empresa.com.br"
          readOnly={hasAddress}
          {...form.register("address")}
        />
      </Field>
      <Field
        label={t(mode === "create" ? "serverKey" : "token")}
        hint={t(mode === "create" ? "serverKeyHint" : "tokenHint")}
        error={problemOf(errors.key)}
      >
        <Input {...plain} type="password" autoComplete="new-password" dir="ltr" {...form.register("key")} />
      </Field>
      <Field
        label={t("account")}
        hint={t(mode === "create" ? "accountHint" : "accountHintAttach")}
        error={problemOf(errors.account)}
      >
        <Input {...plain} dir="ltr" {...form.register("account")} />
      </Field>
    </div>
  );
}

/** What the server or the form says of a field, as cause, effect and fix. */
function useProblem(): (error: FieldError | undefined) => string | undefined {
  const t = useTranslations("connections.problems");
  const fieldError = useFieldError();
  return (error) => {
    const known = problems.find((problem) => problem === error?.message);
    return known === undefined ? fieldError(error) : t(known);
  };
}
