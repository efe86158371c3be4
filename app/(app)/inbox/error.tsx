"use client";

import { MessageCircleOff } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Problem } from "@/components/shell/problem.tsx";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { errorCode } from "@/lib/errors.ts";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** Stands in for the conversation alone: the list beside it goes on. */
export default function ConversationError({ error, reset }: ErrorProps) {
  const t = useTranslations("inbox.notFound");
  if (errorCode(error) !== "not_found") return <Problem error={error} onRetry={reset} />;
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
