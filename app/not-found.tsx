import { Compass } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notFound");
  return { title: t("title") };
}

export default async function NotFound() {
  const t = await getTranslations("notFound");
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        heading="h1"
        icon={<Compass aria-hidden />}
        title={t("title")}
        action={
          <Button asChild variant="primary">
            <Link href="/inbox">{t("toInbox")}</Link>
          </Button>
        }
      >
        {t("text")}
      </EmptyState>
    </main>
  );
}
