"use client";

import { useTranslations } from "next-intl";

const reasons = ["required", "tooShort", "tooLong", "sayMore", "notEmail"] as const;

/** Schemas name the reason with one word; the person reads a sentence. */
export function useFieldError(): (error: { message?: string | undefined } | undefined) => string | undefined {
  const t = useTranslations("fieldErrors");
  return (error) => {
    if (error === undefined) return undefined;
    return t(reasons.find((reason) => reason === error.message) ?? "required");
  };
}
