"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { useForm, type UseFormReturn } from "react-hook-form";
import { toast } from "sonner";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { api } from "@/convex/_generated/api";
import type { PlaybookContent } from "@/lib/domain/playbook.ts";
import { formSchema } from "./form-problems.ts";
import { type FormValues, fromForm, toForm } from "./form-values.ts";
import type { Unsaved, Version } from "./unsaved.ts";
import { useKeepTab, useKeepUnsaved, useUnsaved } from "./use-unsaved.ts";

export type Published = NonNullable<FunctionReturnType<typeof api.agent.playbooks.get>>;

/** The form over the published version: follows it while nothing was written, and holds on to what was. */
export function usePlaybookForm(published: Published) {
  // Amounts stay as they were written when the language of the page changes meanwhile.
  const [locale] = useState(useLocale());
  const unsaved = useUnsaved();
  const [base, setBase] = useState<Version>(unsaved?.base ?? published);
  const [restored, setRestored] = useState<Version | null>(unsaved?.restored ?? null);
  /** What was brought back is in the form only after the first render, but is held on to from there. */
  const [isHeld, setHeld] = useState(unsaved !== null);
  /** What the form does not show comes from here. */
  const { content } = restored ?? base;
  const form = useForm<FormValues>({
    resolver: zodResolver(useMemo(() => formSchema(content), [content])),
    values: useMemo(() => toForm(base.content, locale), [base, locale]),
    shouldFocusError: false,
  });
  useBroughtBack(form, unsaved);
  const isDirty = form.formState.isDirty || restored !== null;
  const isBehind = published.version > base.version && !form.formState.isSubmitting;
  if (isBehind && !isDirty && !isHeld) setBase(published);
  useKeepTab(isDirty);
  useKeepUnsaved(() => (isDirty ? { base, restored, values: form.getValues() } : null));
  const adopt = (next: Version) => {
    setBase(next);
    setRestored(null);
    setHeld(false);
    form.reset(toForm(next.content, locale));
  };
  const restore = (old: Version) => {
    setRestored(old);
    form.reset(toForm(old.content, locale), { keepDefaultValues: true });
  };
  const save = useSave(content, adopt);
  return { form, base, restored, isDirty, isOvertaken: isBehind && (isDirty || isHeld), save, adopt, restore };
}

/** Puts what was written before over what the form begins with. */
function useBroughtBack(form: UseFormReturn<FormValues>, unsaved: Unsaved | null): void {
  useEffect(() => {
    if (unsaved !== null) form.reset(unsaved.values, { keepDefaultValues: true });
  }, [form, unsaved]);
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
