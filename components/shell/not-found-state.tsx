import { Compass } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export function NotFoundState() {
  const t = useTranslations("notFound");
  return (
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
  );
}
