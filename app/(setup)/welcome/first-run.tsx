"use client";

import { useOrganization } from "@clerk/nextjs";
import { useQuery } from "convex/react";
import { CircleCheck, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { api } from "@/convex/_generated/api";
import { FirstRunForm } from "./first-run-form.tsx";

/** Three questions, once in the life of an organization, for those who may answer them. */
export function FirstRun() {
  const t = useTranslations("welcome");
  const may = useMay("organization:manage");
  const onboarding = useQuery(api.organizations.settings.onboarding, {});
  const { organization } = useOrganization();
  if (onboarding === undefined || !organization) return null;
  if (may && !onboarding.firstRun) return <FirstRunForm organizationName={organization.name} />;
  const reason = onboarding.firstRun ? "taught" : "notAllowed";
  return (
    <EmptyState
      heading="h1"
      icon={onboarding.firstRun ? <CircleCheck aria-hidden /> : <Lock aria-hidden />}
      title={t(`${reason}.title`)}
      action={
        <Button asChild variant="primary">
          <Link href="/inbox">{t("toInbox")}</Link>
        </Button>
      }
    >
      {t(`${reason}.text`)}
    </EmptyState>
  );
}
