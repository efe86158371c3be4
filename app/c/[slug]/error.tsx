"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function ErrorPage({ reset }: { reset: () => void }) {
  const t = useTranslations("webchat.broken");
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        heading="h1"
        icon={<TriangleAlert aria-hidden />}
        title={t("title")}
        action={
          <Button variant="primary" onClick={reset}>
            <RotateCw aria-hidden />
            {t("again")}
          </Button>
        }
      >
        {t("text")}
      </EmptyState>
    </main>
  );
}
