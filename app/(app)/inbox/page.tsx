import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/shell/page-header.tsx";
import { FirstSteps } from "./first-steps.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default async function InboxPage() {
  const t = await getTranslations("inbox");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <FirstSteps />
      </div>
    </>
  );
}
