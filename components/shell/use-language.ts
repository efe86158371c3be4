"use client";

import { useUser } from "@clerk/nextjs";
import { useLocale, type Locale } from "next-intl";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { chooseLocale } from "@/i18n/choose-locale.ts";

export const languages = [
  { value: "pt-BR", label: "Português" },
  { value: "en", label: "English" },
] as const satisfies readonly { value: Locale; label: string }[];

/** The language of this person: it changes at once here, and goes along to their other browsers. */
export function useLanguage() {
  const locale = useLocale();
  const router = useRouter();
  const { user } = useUser();
  const [changing, startChange] = useTransition();
  const choose = (wanted: Locale) =>
    startChange(async () => {
      await chooseLocale(wanted);
      router.refresh();
      await user?.update({ unsafeMetadata: { ...user.unsafeMetadata, locale: wanted } });
    });
  return { locale, choose, changing };
}
