"use client";

import { useQuery } from "convex/react";
import { Sprout } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { api } from "@/convex/_generated/api";
import type { Conversation } from "../rows.ts";
import type { Lead } from "./lead-actions.ts";
import { LeadFacts } from "./lead-facts.tsx";
import { LeadQuiet } from "./lead-quiet.tsx";
import { LeadScore } from "./lead-score.tsx";
import { LeadSection } from "./lead-section.tsx";
import { LeadSteps } from "./lead-steps.tsx";

/** How far the lead has come and what is known, as it changes. */
export function LeadQualification({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("inbox.lead");
  const { _id: conversationId, isGroup } = conversation;
  const lead = useQuery(api.agent.leads.get, { conversationId });
  if (isGroup) return null;
  if (lead === undefined) return <Waiting />;
  return (
    <>
      <LeadSection title={t("qualification")}>
        {lead === null ? (
          <p className="text-xs text-muted">{t("noPlaybook")}</p>
        ) : isEmpty(lead) ? (
          <Empty />
        ) : (
          <div className="grid gap-4">
            <LeadScore lead={lead} conversationId={conversationId} />
            {lead.optedOutAt === null ? null : <OptedOut at={lead.optedOutAt} />}
            {lead.quiet === null || lead.attention !== null ? null : <LeadQuiet quiet={lead.quiet} />}
            <LeadSteps spin={lead.spin} />
          </div>
        )}
      </LeadSection>
      {lead === null ? null : <LeadFacts lead={lead} conversationId={conversationId} />}
    </>
  );
}

function isEmpty({ facts, score, spin, outcome, quiet }: Lead): boolean {
  const isUntouched = Object.values(spin).every(({ state }) => state === "open" || state === "skipped");
  return facts.length === 0 && score.value === 0 && isUntouched && outcome === "open" && quiet === null;
}

function Empty() {
  const t = useTranslations("inbox.lead");
  return (
    <div className="flex gap-2.5 rounded-lg bg-sunken p-3">
      <Sprout aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
      <div>
        <p className="text-sm font-medium">{t("emptyTitle")}</p>
        <p className="mt-0.5 text-xs text-muted">{t("emptyText")}</p>
      </div>
    </div>
  );
}

function OptedOut({ at }: { at: number }) {
  const t = useTranslations("inbox.lead");
  const format = useFormatter();
  const timeZone = useViewerZone();
  return (
    <p className="text-xs text-muted">
      {t("optedOut", { date: format.dateTime(at, { timeZone, dateStyle: "medium" }) })}
    </p>
  );
}

function Waiting() {
  return (
    <div className="appear-late grid gap-3 border-t border-line px-4 py-4">
      <Skeleton className="h-8 w-32" />
      <Skeleton className="h-1.5 w-full" />
      <Skeleton className="h-28 w-full" />
    </div>
  );
}
