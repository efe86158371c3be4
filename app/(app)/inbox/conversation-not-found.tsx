"use client";

import { MessageCircleOff } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export function ConversationNotFound() {
  const t = useTranslations("inbox.notFound");
  return (
    <EmptyState
      heading="h1"
      icon={<MessageCircleOff aria-hidden />}
      title={t("title")}
      action={
        <Button asChild>
          <Link href="/inbox">{t("action")}</Link>
        </Button>
      }
    >
      {t("text")}
    </EmptyState>
  );
}
