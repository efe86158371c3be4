"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { api } from "@/convex/_generated/api";
import type { PlaybookContent } from "@/lib/domain/playbook.ts";
import { formSchema } from "./form-problems.ts";
import { type FormValues, fromForm, toForm } from "./form-values.ts";

export type Published = NonNullable<FunctionReturnType<typeof api.agent.playbooks.get>>;

type Version = Pick<Published, "version" | "content">;

/** The form over the published version: follows it while nothing was written, and holds on to what was. */
export function usePlaybookForm(published: Published) {
  // Amounts stay as they were written when the language of the page changes meanwhile.
  const [locale] = useState(useLocale());
  const [base, setBase] = useState<Version>(published);
  const [restored, setRestored] = useState<Version | null>(null);
  /** What the form does not show comes from here. */
  const { content } = restored ?? base;
  const form = useForm<FormValues>({
    resolver: zodResolver(useMemo(() => formSchema(content), [content])),
    values: useMemo(() => toForm(base.content, locale), [base, locale]),
    shouldFocusError: false,
  });
  const isDirty = form.formState.isDirty || restored !== null;
  const isBehind = published.version > base.version && !form.formState.isSubmitting;
  if (isBehind && !isDirty) setBase(published);
  const adopt = (next: Version) => {
    setBase(next);
    setRestored(null);
    form.reset(toForm(next.content, locale));
  };
  const restore = (old: Version) => {
    setRestored(old);
    form.reset(toForm(old.content, locale), { keepDefaultValues: true });
  };
  const save = useSave(content, adopt);
  return { form, base, restored, isDirty, isOvertaken: isBehind && isDirty, save, adopt, restore };
}

/** Saves on top of `baseVersion`: the one the form began with, or a later one that is to be replaced knowingly. */
function useSave(base: PlaybookContent, adopt: (saved: Version) => void) {
  const t = useTranslations("agent");
  const showError = useErrorToast();
  const save = useMutation(api.agent.playbooks.save);
  return async (values: FormValues, baseVersion: number) => {
    const content = fromForm(values, base);
    try {
      const { version } = await save({ content, baseVersion });
      adopt({ version, content });
      toast.success(t("savedVersion", { version }));
    } catch (error) {
      showError(error);
    }
  };
}
