"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useCallback } from "react";
import { flushSync } from "react-dom";
import type { FieldErrors } from "react-hook-form";
import { toast } from "sonner";
import type { Language } from "@/lib/domain/playbook-language.ts";
import { type FormValues, LANGUAGES } from "./form-values.ts";

type Form = RefObject<HTMLFormElement | null>;

/** Brings the person to the first field that has to be put right, in its language when that one is not shown. */
export function useRevealProblem(form: Form, chooseLanguage: (language: Language) => void) {
  const t = useTranslations("agent");
  return useCallback(
    (errors: FieldErrors<FormValues>) => {
      // The errors are on the page with the next frame.
      requestAnimationFrame(() => {
        if (focusInvalid(form)) return;
        const language = languageIn(errors);
        if (language !== null) flushSync(() => chooseLanguage(language));
        if (language === null || !focusInvalid(form)) toast.error(t("tooMuch"));
      });
    },
    [form, chooseLanguage, t],
  );
}

function focusInvalid(form: Form): boolean {
  const field = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
  if (!field) return false;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
  return true;
}

/** The language of the first error that is of one. */
function languageIn(errors: object): Language | null {
  for (const [key, nested] of Object.entries(errors)) {
    const language = LANGUAGES.find((known) => known === key);
    if (language !== undefined) return language;
    // An error's `ref` is an element of the page: no place for further errors.
    const deeper = key !== "ref" && typeof nested === "object" && nested !== null ? languageIn(nested) : null;
    if (deeper !== null) return deeper;
  }
  return null;
}
