import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OrganizationChooser } from "./organization-chooser.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("organizations");
  return { title: t("title") };
}

export default function OrganizationsPage() {
  return <OrganizationChooser />;
}
