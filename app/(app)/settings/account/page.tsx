import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountSettings } from "./account-settings.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("account") };
}

export default function AccountPage() {
  return <AccountSettings />;
}
