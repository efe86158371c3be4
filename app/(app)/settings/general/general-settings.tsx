"use client";

import { useOrganization } from "@clerk/nextjs";
import { useTranslations } from "next-intl";
import { useMay, useViewer } from "@/components/shell/viewer.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { OrganizationForm } from "./organization-form.tsx";

export function GeneralSettings() {
  const t = useTranslations("general");
  const viewer = useViewer();
  const may = useMay("organization:manage");
  const { organization } = useOrganization();
  if (!organization) return <Skeleton className="h-96 rounded-xl appear-late" />;
  return (
    <>
      {may ? null : <Banner tone="info">{t("onlyManagers")}</Banner>}
      <OrganizationForm
        key={organization.id}
        organization={organization}
        locale={viewer.organization.locale}
        timezone={viewer.organization.timezone}
        isReadOnly={!may}
      />
    </>
  );
}
