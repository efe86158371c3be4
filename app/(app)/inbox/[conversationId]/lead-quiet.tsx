"use client";

import { useTranslations } from "next-intl";
import { knownCode, WHY_CODES } from "@/lib/agent/codes.ts";
import type { Lead } from "./lead-actions.ts";
import { useWhy } from "./use-why.ts";

/** A turn that ended without a word has a reason too. */
export function LeadQuiet({ quiet: { turnId, reason } }: { quiet: NonNullable<Lead["quiet"]> }) {
  const t = useTranslations("inbox.lead");
  const why = useTranslations("inbox.why");
  const words = useTranslations("qualification");
  const { show } = useWhy();
  const known = knownCode(WHY_CODES, reason);
  return (
    <p className="rounded-lg bg-sunken px-3 py-2 text-xs text-muted">
      {t("quiet", { reason: known === null ? reason : words(`why.${known}`) })}{" "}
      <button type="button" onClick={() => show(turnId)} className="font-medium text-brand-text hover:underline">
        {why("ask")}
      </button>
    </p>
  );
}
