"use client";

import { useClerk, useUser } from "@clerk/nextjs";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { languages, useLanguage } from "@/components/shell/use-language.ts";
import { themes, useThemeChoice } from "@/components/shell/use-theme-choice.ts";
import { Button } from "@/components/ui/button.tsx";
import { Card } from "@/components/ui/card.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { DeviceCard } from "./device-card.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { SettingRow } from "./setting-row.tsx";

const themeIcons = { system: <Monitor aria-hidden />, light: <Sun aria-hidden />, dark: <Moon aria-hidden /> };

export function AccountSettings() {
  const t = useTranslations("account");
  const shell = useTranslations("shell");
  const { user } = useUser();
  const clerk = useClerk();
  const language = useLanguage();
  const theme = useThemeChoice();
  return (
    <>
      {user ? <ProfileForm key={user.id} user={user} /> : null}
      <Card title={t("appearance")}>
        <SettingRow title={shell("theme")} hint={t("themeHint")}>
          <Segmented
            label={shell("theme")}
            value={theme.theme}
            onValueChange={theme.choose}
            options={themes.map((value) => ({ value, label: shell(`themes.${value}`), icon: themeIcons[value] }))}
          />
        </SettingRow>
        <SettingRow title={shell("language")} hint={t("languageHint")}>
          <Segmented
            label={shell("language")}
            value={language.locale}
            onValueChange={language.choose}
            options={languages}
          />
        </SettingRow>
      </Card>
      <DeviceCard />
      <Card title={t("security")} description={t("securityHint")}>
        <Button className="justify-self-start" onClick={() => clerk.openUserProfile()}>
          {t("openSecurity")}
        </Button>
      </Card>
    </>
  );
}
