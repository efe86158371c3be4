import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/shell/page-header.tsx";
import { ConnectLink } from "./connect-link.tsx";
import { Connections } from "./connections.tsx";
import { Problems } from "./problems.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connections");
  return { title: t("title") };
}

export default async function ConnectionsPage() {
  const t = await getTranslations("connections");
  return (
    <>
      <PageHeader title={t("title")}>
        <ConnectLink />
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-184 gap-8 px-4 py-6 md:px-8 md:py-8">
          <Connections />
          <Problems />
        </div>
      </div>
    </>
  );
}
