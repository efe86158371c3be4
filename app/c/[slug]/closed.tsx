import { MessageCircleOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state.tsx";

/** The organization does not chat here, or no longer. */
export function Closed() {
  const t = useTranslations("webchat.closed");
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState heading="h1" icon={<MessageCircleOff aria-hidden />} title={t("title")}>
        {t("text")}
      </EmptyState>
    </main>
  );
}
