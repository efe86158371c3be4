"use client";

import { useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { api } from "@/convex/_generated/api";
import { knownCode, MOVES, REJECTION_RULES, WHY_CODES, WORDINGS } from "@/lib/agent/codes.ts";
import type { Conversation } from "../rows.ts";
import { LeadSection } from "./lead-section.tsx";
import { WhyChanges } from "./why-changes.tsx";
import { WhyDetails } from "./why-details.tsx";
import { WhyLearned } from "./why-learned.tsx";
import { WhyUnderstood } from "./why-understood.tsx";
import type { Why } from "./why.ts";

/** From what it did to how: the first lines are enough for most. */
export function WhyContent({ turnId, conversation }: { turnId: string; conversation: Conversation }) {
  const t = useTranslations("inbox.why");
  const why = useQuery(api.agent.traces.get, { turnId });
  if (why === undefined) return <Waiting />;
  if (why.conversationId !== conversation._id) return <p className="p-4 text-sm text-muted">{t("gone")}</p>;
  return (
    <>
      <Decision why={why} />
      <WhyUnderstood why={why} />
      <WhyLearned why={why} />
      <WhyChanges why={why} />
      <Checked why={why} />
      <WhyDetails why={why} />
    </>
  );
}

function Decision({ why: { move, why } }: { why: Why }) {
  const t = useTranslations("inbox.why");
  const words = useTranslations("qualification");
  const made = knownCode(MOVES, move);
  const [first] = why;
  const rule = first === undefined ? null : knownCode(WHY_CODES, first);
  return (
    <div className="px-4 py-4">
      <p className="text-xs font-medium text-faint">{t("decision")}</p>
      <p className="mt-1 text-lg font-semibold tracking-tight">{made === null ? move : words(`moves.${made}`)}</p>
      {first === undefined ? null : (
        <p className="mt-0.5 text-sm text-muted">{rule === null ? first : words(`why.${rule}`)}</p>
      )}
    </div>
  );
}

function Checked({ why: { wording, rejections } }: { why: Why }) {
  const t = useTranslations("inbox.why");
  const words = useTranslations("qualification");
  const written = knownCode(WORDINGS, wording);
  return (
    <LeadSection title={t("checked")}>
      <p className="text-sm">{written === null ? wording : words(`wordings.${written}`)}</p>
      {rejections.map(({ rule, excerpt }) => {
        const known = knownCode(REJECTION_RULES, rule);
        return (
          <p key={`${rule} ${excerpt}`} className="mt-1 text-xs text-muted">
            {t("refused", { reason: known === null ? rule : words(`rejections.${known}`) })}
            {excerpt === "" ? "." : ": "}
            {excerpt === "" ? null : <q className="italic">{excerpt}</q>}
          </p>
        );
      })}
    </LeadSection>
  );
}

function Waiting() {
  return (
    <div className="appear-late grid gap-3 p-4">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="mt-4 h-20 w-full" />
    </div>
  );
}
