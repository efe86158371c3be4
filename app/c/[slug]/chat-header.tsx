import { Bot } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar.tsx";

/** Whom one talks to, and that a machine answers first. */
export function ChatHeader({ organization }: { organization: string }) {
  const t = useTranslations("webchat");
  return (
    <header className="flex items-center gap-3 border-b border-line px-4 py-3">
      <Avatar name={organization} size="lg" shape="square" />
      <div className="min-w-0">
        <h1 className="truncate text-lg font-semibold tracking-tight">{organization}</h1>
        <p className="flex items-center gap-1 text-sm text-muted">
          <Bot aria-hidden className="size-3.5 shrink-0" />
          {t("assistant")}
        </p>
      </div>
    </header>
  );
}
