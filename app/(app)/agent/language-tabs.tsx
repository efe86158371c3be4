"use client";

import { useTranslations } from "next-intl";
import { Segmented } from "@/components/ui/segmented.tsx";
import { useEditLanguage } from "./edit-language.ts";

/** In which language one reads and writes here; nothing to choose while the agent serves one. */
export function LanguageTabs() {
  const t = useTranslations("agent");
  const { language, languages, choose } = useEditLanguage();
  if (languages.length < 2) return null;
  return (
    <Segmented
      label={t("textLanguage")}
      value={language}
      onValueChange={choose}
      options={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
    />
  );
}
