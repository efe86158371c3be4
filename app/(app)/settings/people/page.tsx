import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PeopleSettings } from "./people-settings.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("people") };
}

export default function PeoplePage() {
  return <PeopleSettings />;
}
