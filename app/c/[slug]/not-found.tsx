import { Compass } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function NotFound() {
  const t = useTranslations("webchat.unknown");
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState heading="h1" icon={<Compass aria-hidden />} title={t("title")}>
        {t("text")}
      </EmptyState>
    </main>
  );
}
