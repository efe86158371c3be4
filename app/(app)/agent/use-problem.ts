"use client";

import { useTranslations } from "next-intl";
import { type FieldPath, useFormContext, useFormState } from "react-hook-form";
import type { FormValues } from "./form-values.ts";

const problems = ["empty", "out_of_range", "unknown", "many_questions", "too_long", "too_many", "not_link"] as const;

/** What is wrong with a field, in words; a field may know better words for a number that is out of its range. */
export function useProblem(): (path: FieldPath<FormValues>, outOfRange?: string) => string | undefined {
  const t = useTranslations("agent");
  const { getFieldState, control } = useFormContext<FormValues>();
  const formState = useFormState({ control });
  return (path, outOfRange) => {
    const { error } = getFieldState(path, formState);
    const message = error?.message ?? error?.root?.message;
    if (error === undefined || message === undefined) return undefined;
    const problem = problems.find((known) => known === message) ?? "empty";
    // A field that stands alone cannot be taken away.
    if (problem === "empty" && !/\.\d+\./.test(`${path}.`)) return t("problems.required");
    return problem === "out_of_range" && outOfRange !== undefined ? outOfRange : t(`problems.${problem}`);
  };
}
