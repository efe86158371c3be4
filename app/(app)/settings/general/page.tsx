import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { GeneralSettings } from "./general-settings.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("general") };
}

export default function GeneralPage() {
  return <GeneralSettings />;
}
