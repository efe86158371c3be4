"use client";

import { useQuery } from "convex/react";
import { Plug } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMay } from "@/components/shell/viewer.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { api } from "@/convex/_generated/api";
import { ConnectLink } from "./connect-link.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { isLost } from "./story.ts";
import { WebchatCard } from "./webchat-card.tsx";

/** The organization's channels as they are now, those that need a person first. */
export function Connections() {
  const t = useTranslations("connections");
  const manages = useMay("connections:manage");
  const connections = useQuery(api.connections.connections.list, {});
  if (connections === undefined) return <CardsSkeleton />;
  const numbers = connections.filter(({ connector }) => connector === "evolution");
  const lostFirst = numbers.toSorted((left, right) => Number(isLost(right)) - Number(isLost(left)));
  return (
    <section aria-labelledby="channels" className="grid gap-4">
      <div>
        <h2 id="channels" className="text-base font-semibold tracking-tight">
          {t("channels")}
        </h2>
        <p className="mt-0.5 text-sm text-muted">{t("hint")}</p>
      </div>
      {manages ? null : <Banner tone="info">{t("onlyManagers")}</Banner>}
      {numbers.length === 0 ? <NoConnections manages={manages} /> : null}
      <ul className="grid gap-4">
        {lostFirst.map((connection) => (
          <ConnectionCard key={connection._id} connection={connection} manages={manages} />
        ))}
        <WebchatCard manages={manages} />
      </ul>
    </section>
  );
}

function NoConnections({ manages }: { manages: boolean }) {
  const t = useTranslations("connections.empty");
  return (
    <div className="rounded-xl border border-dashed border-line-strong">
      <EmptyState icon={<Plug aria-hidden />} title={t("title")} action={manages ? <ConnectLink /> : undefined}>
        {manages ? t("text") : t("textForMember")}
      </EmptyState>
    </div>
  );
}

function CardsSkeleton() {
  return (
    <div className="grid gap-4 appear-late">
      <Skeleton className="h-10 w-64" />
      <Skeleton className="h-48 rounded-xl" />
      <Skeleton className="h-48 rounded-xl" />
    </div>
  );
}
