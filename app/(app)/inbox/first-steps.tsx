"use client";

import { useQuery } from "convex/react";
import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMay } from "@/components/shell/viewer.ts";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { api } from "@/convex/_generated/api";
import { Step } from "./step.tsx";

/** What an inbox says before its first conversation: what is left to do, ticked off by what is true. */
export function FirstSteps() {
  const t = useTranslations("inbox");
  const manages = useMay("organization:manage");
  const done = useQuery(api.organizations.settings.onboarding, {});
  if (!manages) {
    return (
      <EmptyState icon={<Inbox aria-hidden />} title={t("empty")}>
        {t("emptyForMember")}
      </EmptyState>
    );
  }
  if (done === undefined) return <StepsSkeleton />;
  const steps = [
    { key: "teach", done: done.firstRun, path: "/welcome" },
    { key: "connect", done: done.connectedChannel, path: "/connections" },
    { key: "invite", done: done.invitedColleague, path: "/settings/people" },
  ] as const;
  const next = steps.find((step) => !step.done);
  const count = steps.filter((step) => step.done).length;
  return (
    <div className="mx-auto max-w-144 px-4 py-10 md:py-16">
      <h2 className="text-xl font-semibold tracking-tight">{t("stepsTitle")}</h2>
      <p className="mt-1 text-sm text-muted">{t("stepsHint")}</p>
      <div className="mt-5 flex items-center gap-3">
        <progress
          aria-label={t("progressLabel")}
          value={count}
          max={steps.length}
          className="h-1.5 flex-1 appearance-none overflow-hidden rounded-full bg-active [&::-moz-progress-bar]:bg-brand [&::-webkit-progress-bar]:bg-active [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-brand"
        />
        <span className="text-xs text-muted">{t("progress", { done: count, total: steps.length })}</span>
      </div>
      <ol className="mt-4 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-low">
        {steps.map((step) => (
          <Step key={step.key} id={step.key} path={step.path} done={step.done} isNext={step === next} />
        ))}
      </ol>
    </div>
  );
}

function StepsSkeleton() {
  return (
    <div className="mx-auto grid max-w-144 gap-3 px-4 py-10 appear-late md:py-16">
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="mt-5 h-52 rounded-xl" />
    </div>
  );
}
