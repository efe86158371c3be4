"use client";

import { useCallback } from "react";
import { toast } from "sonner";
import { useErrorText } from "./use-error-text.ts";

/** Says in a toast what went wrong; for what was started by a click and has no form to say it in. */
export function useErrorToast(): (error: unknown) => void {
  const errorText = useErrorText();
  return useCallback((error: unknown) => void toast.error(errorText(error)), [errorText]);
}
