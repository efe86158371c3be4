"use client";

import { CircleCheck, Inbox, Radio } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Spinner } from "@/components/ui/spinner.tsx";
import { formatPhone } from "@/lib/domain/phone.ts";
import type { Setup } from "../rows.ts";

/** Which number is connected, whether its server reaches us, and what to try now. */
export function DoneStep({ setup: { address, isHeard } }: { setup: Setup }) {
  const t = useTranslations("connections.done");
  return (
    <div className="grid gap-6">
      <output className="flex items-start gap-3">
        <CircleCheck aria-hidden className="mt-0.5 size-6 shrink-0 text-success" />
        <div className="min-w-0">
          <h2 className="text-xl font-semibold tracking-tight">{t("title")}</h2>
          <p className="mt-1 flex items-center gap-2 text-sm text-muted">
            {isHeard ? <Radio aria-hidden className="size-4 text-success" /> : <Spinner />}
            {t(isHeard ? "heard" : "notHeard")}
          </p>
        </div>
      </output>
      {address === null ? null : <OwnNumber phone={address} />}
      <div className="flex flex-wrap gap-2">
        <Button asChild variant="primary" size="lg">
          <Link href="/inbox">
            <Inbox aria-hidden />
            {t("inbox")}
          </Link>
        </Button>
        <Button asChild size="lg">
          <Link href="/connections">{t("connections")}</Link>
        </Button>
      </div>
    </div>
  );
}

function OwnNumber({ phone }: { phone: string }) {
  const t = useTranslations("connections.done");
  const common = useTranslations("common");
  const shown = formatPhone(phone);
  return (
    <div className="rounded-xl border border-line bg-surface p-4 shadow-low sm:p-5">
      <p className="text-sm text-muted">{t("number")}</p>
      <p className="flex items-center gap-1 text-xl font-semibold tabular-nums">
        <bdi dir="ltr">{shown}</bdi>
        <CopyButton text={shown} label={common("copy")} copiedLabel={common("copied")} />
      </p>
      <p className="mt-3 text-sm">{t("test")}</p>
    </div>
  );
}
