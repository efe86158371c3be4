"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useMay } from "@/components/shell/viewer.ts";
import { Banner } from "@/components/ui/banner.tsx";
import type { Conversation } from "../rows.ts";
import { troubleOf } from "./connection-trouble.ts";

/** Why nothing comes in or goes out here, and what to do about it; nothing while all is well. */
export function ConnectionBanner({ connection }: { connection: Conversation["connection"] }) {
  const t = useTranslations("inbox.trouble");
  const manages = useMay("connections:manage");
  const trouble = troubleOf(connection);
  return (
    <output className="block">
      {trouble === null ? null : (
        <Banner
          tone={trouble.tone}
          className="rounded-none px-4 md:px-5"
          action={
            manages && trouble.cause !== "connecting" ? (
              <Link href="/connections" className="shrink-0 font-medium underline underline-offset-2">
                {t("fix")}
              </Link>
            ) : undefined
          }
        >
          <span className="font-medium">{t(`${trouble.cause}.cause`, { name: connection.name })}</span>{" "}
          {t(`${trouble.cause}.effect`)} {manages || trouble.cause === "connecting" ? null : t("askManager")}
        </Banner>
      )}
    </output>
  );
}
