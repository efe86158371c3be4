"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { useErrorText } from "@/components/shell/use-error-text.ts";
import { setupProblemOf } from "./setup-problem.ts";

/** Words for what went wrong between us and a provider; the general ones for the rest. */
export function useSetupText(): (error: unknown) => string {
  const t = useTranslations("connections");
  const errorText = useErrorText();
  return useCallback(
    (error: unknown) => {
      const problem = setupProblemOf(error);
      return problem === null ? errorText(error) : t(`problems.${problem.key}`);
    },
    [t, errorText],
  );
}

export function useSetupToast(): (error: unknown) => void {
  const setupText = useSetupText();
  return useCallback((error: unknown) => void toast.error(setupText(error)), [setupText]);
}
