import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/shell/page-header.tsx";
import { SettingsNavigation } from "./settings-navigation.tsx";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  const t = useTranslations("settings");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <nav
          aria-label={t("sections")}
          className="shrink-0 overflow-x-auto border-b border-line p-2 md:w-48 md:border-e md:border-b-0 md:p-3"
        >
          <SettingsNavigation />
        </nav>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="mx-auto grid max-w-168 gap-5 px-4 py-6 md:px-8 md:py-8">{children}</div>
        </div>
      </div>
    </>
  );
}
