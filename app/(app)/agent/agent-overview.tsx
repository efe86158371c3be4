"use client";

import { useQuery } from "convex/react";
import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useMay } from "@/components/shell/viewer.ts";
import { Badge } from "@/components/ui/badge.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Card } from "@/components/ui/card.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { api } from "@/convex/_generated/api";

/** Whether the agent has been taught, and what it does with that. */
export function AgentOverview() {
  const t = useTranslations("agent");
  const teaches = useMay("agent:edit");
  const onboarding = useQuery(api.organizations.settings.onboarding, {});
  if (onboarding === undefined) return null;
  if (!onboarding.firstRun) {
    return (
      <EmptyState
        icon={<BookOpen aria-hidden />}
        title={t("untaught")}
        action={
          teaches ? (
            <Button asChild variant="primary">
              <Link href="/welcome">{t("teach")}</Link>
            </Button>
          ) : null
        }
      >
        {teaches ? t("untaughtHint") : t("untaughtForMember")}
      </EmptyState>
    );
  }
  return (
    <div className="mx-auto grid max-w-168 gap-5 px-4 py-6 md:px-8 md:py-8">
      <Card title={t("playbook")} description={t("playbookHint")} status={<Badge tone="success">{t("ready")}</Badge>}>
        <ul className="grid gap-2.5 text-sm">
          {(["questions", "prices", "handoff"] as const).map((rule) => (
            <li key={rule} className="flex items-start gap-2.5">
              <span aria-hidden className="mt-2 size-1 shrink-0 rounded-full bg-control" />
              {t(`rules.${rule}`)}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
