"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { cn } from "@/lib/cn.ts";

export function LeadRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-h-8 grid-cols-[5.5rem_1fr] items-center gap-2 text-sm">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

type CopyableRowProps = { label: string; value: string; isCode?: boolean };

export function CopyableRow({ label, value, isCode }: CopyableRowProps) {
  const t = useTranslations("inbox.lead");
  const common = useTranslations("common");
  return (
    <LeadRow label={label}>
      <span className="flex items-center gap-1">
        <bdi title={value} className={cn("min-w-0 flex-1 truncate", isCode && "font-mono text-xs")}>
          {value}
        </bdi>
        <CopyButton text={value} label={t("copy", { label })} copiedLabel={common("copied")} />
      </span>
    </LeadRow>
  );
}
