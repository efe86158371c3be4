"use client";

import { isClerkAPIResponseError } from "@clerk/nextjs/errors";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { errorCode } from "@/lib/errors.ts";

/** Clerk's codes that a person can do something about. */
const clerkCodes = [
  "organization_invitation_not_unique",
  "already_a_member_in_organization",
  "organization_membership_quota_exceeded",
  "too_many_requests",
] as const;

/**
 * The one place where an error becomes words. A code that has no message does not compile: the keys of `errors.codes` are checked against the
 * closed union.
 */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations("errors");
  return useCallback(
    (error: unknown) => {
      const code = errorCode(error);
      if (code !== null) return t(`codes.${code}`);
      const clerkCode = isClerkAPIResponseError(error) ? error.errors.at(0)?.code : undefined;
      const known = clerkCodes.find((candidate) => candidate === clerkCode);
      return known === undefined ? t("unexpected") : t(`clerk.${known}`);
    },
    [t],
  );
}
