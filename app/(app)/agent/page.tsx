import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/shell/page-header.tsx";
import { AgentOverview } from "./agent-overview.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agent");
  return { title: t("title") };
}

export default async function AgentPage() {
  const t = await getTranslations("agent");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <AgentOverview />
      </div>
    </>
  );
}
