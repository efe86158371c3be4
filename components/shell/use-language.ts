"use client";

import { useMutation } from "convex/react";
import { useLocale, type Locale } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { api } from "@/convex/_generated/api";
import { chooseLocale } from "@/i18n/choose-locale.ts";
import { parseLocale } from "@/i18n/locales.ts";
import { useErrorToast } from "./use-error-toast.ts";
import { useMaybeViewer } from "./viewer.ts";

export const languages = [
  { value: "pt-BR", label: "Português" },
  { value: "en", label: "English" },
] as const satisfies readonly { value: Locale; label: string }[];

/** The language of this person. A member's choice is kept with the member first, so that it follows them to other browsers. */
export function useLanguage() {
  const locale = useLocale();
  const router = useRouter();
  const viewer = useMaybeViewer();
  const remember = useMutation(api.organizations.members.chooseLocale);
  const showError = useErrorToast();
  const [, startChange] = useTransition();
  const choose = (wanted: Locale) =>
    startChange(async () => {
      try {
        if (viewer !== null) await remember({ locale: wanted });
        await chooseLocale(wanted);
        router.refresh();
      } catch (error) {
        showError(error);
      }
    });
  return { locale, choose };
}

/** Brings this browser to the language that the member chose in another one. */
export function useFollowLocale(chosen: string | null): void {
  const locale = useLocale();
  const router = useRouter();
  const wanted = parseLocale(chosen);
  useEffect(() => {
    if (wanted !== null && wanted !== locale) void chooseLocale(wanted).then(() => router.refresh());
  }, [wanted, locale, router]);
}
