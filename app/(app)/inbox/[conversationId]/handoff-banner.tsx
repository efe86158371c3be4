"use client";

import { useQuery } from "convex/react";
import { Hand } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { api } from "@/convex/_generated/api";
import { ATTENTION_REASONS, knownCode } from "@/lib/agent/codes.ts";
import type { Conversation } from "../rows.ts";
import { HandoffTime } from "./handoff-time.tsx";
import type { Lead } from "./lead-actions.ts";
import { useHandover } from "./use-handover.ts";

/** Why the agent left, and what a person needs to go on; nothing while nobody is needed. */
export function HandoffBanner({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("inbox.handoff");
  const words = useTranslations("qualification");
  const { _id: conversationId, status, isGroup } = conversation;
  const lead = useQuery(api.agent.leads.get, { conversationId });
  const attention = lead?.attention ?? null;
  const isNeeded = !isGroup && (attention !== null || status === "waiting");
  if (!isNeeded || status === "done") return null;
  const reason = attention === null ? null : knownCode(ATTENTION_REASONS, attention.reason);
  return (
    <section
      aria-label={t(attention === null ? "waiting" : "title")}
      className="flex shrink-0 flex-wrap items-start gap-x-3 gap-y-2 border-b border-line bg-warn-soft px-4 py-3 md:px-5"
    >
      <Hand aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium text-warn">
          {attention === null ? t("waiting") : reason === null ? attention.reason : words(`attention.${reason}`)}
          {attention === null ? null : <HandoffTime at={attention.at} />}
        </p>
        {attention?.summary ? <Summary summary={attention.summary} /> : null}
      </div>
      <TakeOver conversation={conversation} />
    </section>
  );
}

type SummaryProps = { summary: NonNullable<NonNullable<Lead["attention"]>["summary"]> };

/** Enough to go on: the customer never repeats. */
function Summary({ summary: { who, need, nextStep } }: SummaryProps) {
  const t = useTranslations("inbox.handoff");
  const rows = [
    { label: t("who"), text: who },
    { label: t("need"), text: need },
    { label: t("nextStep"), text: nextStep },
  ].filter(({ text }) => text !== "");
  return (
    <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
      {rows.map(({ label, text }) => (
        <div key={label} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{label}</dt>
          <dd className="line-clamp-3 [overflow-wrap:anywhere]">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function TakeOver({ conversation }: { conversation: Conversation }) {
  const { way, run, label } = useHandover(conversation);
  if (!useMay("inbox:reply") || way !== "takeOver") return null;
  return (
    <Button variant="primary" size="sm" className="max-sm:w-full" onClick={run}>
      <Hand aria-hidden />
      {label}
    </Button>
  );
}
