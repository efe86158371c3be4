"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm, type UseFormReturn } from "react-hook-form";
import { useErrorText } from "@/components/shell/use-error-text.ts";
import { useViewer } from "@/components/shell/viewer.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { ChoiceCards } from "@/components/ui/choice-cards.tsx";
import { suggestInstanceName } from "./instance-name.ts";
import type { Setup } from "./rows.ts";
import { ServerInputs } from "./server-fields.tsx";
import { type ServerFields, serverSchema } from "./server-schema.ts";
import { setupProblemOf } from "./setup-problem.ts";
import { useServerSetup } from "./use-server-setup.ts";

/** Which server, with which key, and a new instance or one that is there. */
export function ServerStep({ setup }: { setup: Setup | null }) {
  const t = useTranslations("connections");
  const run = useServerSetup(setup);
  const errorText = useErrorText();
  const form = useForm({ resolver: zodResolver(serverSchema), defaultValues: useDefaults(setup) });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (fields) => {
    try {
      await run(fields);
    } catch (error) {
      const problem = setupProblemOf(error);
      if (problem === null || problem.field === "phone") form.setError("root", { message: errorText(error) });
      else form.setError(problem.field, { message: problem.key }, { shouldFocus: true });
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-6">
      <div>
        <h2 className="text-xl font-semibold tracking-tight">{t(setup?.hasKey ? "setup.remake" : "setup.title")}</h2>
        <p className="mt-1 text-sm text-muted">{t(setup?.hasKey ? "setup.remakeHint" : "setup.hint")}</p>
      </div>
      <ModeChoice form={form} />
      <ServerInputs form={form} hasAddress={setup?.hasKey === true} />
      {errors.root ? (
        <div role="alert">
          <Banner tone="danger">{errors.root.message}</Banner>
        </div>
      ) : null}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" size="lg" busy={isSubmitting} className="max-sm:flex-1">
          {t("setup.submit")}
        </Button>
        <output className="text-sm text-muted">{isSubmitting ? t("setup.asking") : null}</output>
      </div>
    </form>
  );
}

function useDefaults(setup: Setup | null): ServerFields {
  const t = useTranslations("connections.setup");
  const { slug } = useViewer().organization;
  const name = setup?.name ?? t("nameDefault");
  const account = setup?.account ?? suggestInstanceName(slug, name);
  return { mode: "create", name, address: setup?.baseUrl ?? "", key: "", account };
}

function ModeChoice({ form }: { form: UseFormReturn<ServerFields> }) {
  const t = useTranslations("connections.setup");
  return (
    <Controller
      control={form.control}
      name="mode"
      render={({ field }) => (
        <ChoiceCards
          label={t("mode")}
          value={field.value}
          onValueChange={field.onChange}
          options={[
            { value: "create", title: t("create"), example: t("createHint") },
            { value: "attach", title: t("attach"), example: t("attachHint") },
          ]}
        />
      )}
    />
  );
}
