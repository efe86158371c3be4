"use client";

import { useClerk } from "@clerk/nextjs";
import { Languages, LogOut, SunMoon, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/menu.tsx";
import { languages, useLanguage } from "./use-language.ts";
import { themes, useThemeChoice } from "./use-theme-choice.ts";

export function UserMenuItems({ hasSettings }: { hasSettings: boolean }) {
  const t = useTranslations("shell");
  const clerk = useClerk();
  const language = useLanguage();
  const theme = useThemeChoice();
  return (
    <>
      <MenuSeparator />
      {hasSettings ? (
        <MenuItem asChild>
          <Link href="/settings/account">
            <UserRound aria-hidden />
            {t("account")}
          </Link>
        </MenuItem>
      ) : null}
      <MenuChoice
        label={t("theme")}
        icon={<SunMoon aria-hidden />}
        value={theme.theme}
        options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onChoose={theme.choose}
      />
      <MenuChoice
        label={t("language")}
        icon={<Languages aria-hidden />}
        value={language.locale}
        options={languages}
        onChoose={language.choose}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => clerk.signOut({ redirectUrl: "/sign-in" })}>
        <LogOut aria-hidden />
        {t("signOut")}
      </MenuItem>
    </>
  );
}
