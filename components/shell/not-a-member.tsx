"use client";

import { DoorOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

/** For someone who was taken out of the organization while it was open. */
export function NotAMember() {
  const t = useTranslations("notAMember");
  return (
    <EmptyState
      heading="h1"
      icon={<DoorOpen aria-hidden />}
      title={t("title")}
      action={
        <Button asChild variant="primary">
          <Link href="/organizations">{t("chooseAnother")}</Link>
        </Button>
      }
    >
      {t("text")}
    </EmptyState>
  );
}
