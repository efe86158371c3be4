import { Globe, MessageCircle } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/shell/page-header.tsx";
import { Badge } from "@/components/ui/badge.tsx";
import { LiveConnections } from "./live-connections.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connections");
  return { title: t("title") };
}

const channels = [
  { key: "whatsapp", icon: MessageCircle },
  { key: "webchat", icon: Globe },
] as const;

export default async function ConnectionsPage() {
  const t = await getTranslations("connections");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-168 px-4 py-6 md:px-8 md:py-8">
          <LiveConnections />
          <h2 className="text-base font-semibold tracking-tight">{t("channels")}</h2>
          <p className="mt-0.5 text-sm text-muted">{t("hint")}</p>
          <ul className="mt-4 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-low">
            {channels.map(({ key, icon: Icon }) => (
              <li key={key} className="flex items-center gap-3.5 px-4 py-3.5">
                <span className="grid size-9 shrink-0 place-items-center rounded-lg border border-line text-muted">
                  <Icon aria-hidden className="size-4.5" />
                </span>
                <div className="min-w-0 flex-1">
                  <h3 className="text-sm font-medium">{t(`${key}.name`)}</h3>
                  <p className="text-sm text-muted">{t(`${key}.text`)}</p>
                </div>
                <Badge>{t("planned")}</Badge>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </>
  );
}
