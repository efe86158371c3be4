"use client";

import { useQuery } from "convex/react";
import { MessageCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { ConnectionState } from "@/components/connection/connection-state.tsx";
import { api } from "@/convex/_generated/api";

/** The organization's connections as they are now; nothing while it has none. */
export function LiveConnections() {
  const t = useTranslations("connections");
  const connections = useQuery(api.connections.connections.list) ?? [];
  if (connections.length === 0) return null;
  return (
    <section className="mb-8">
      <h2 className="text-base font-semibold tracking-tight">{t("live")}</h2>
      <p className="mt-0.5 text-sm text-muted">{t("liveHint")}</p>
      <ul className="mt-4 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-low">
        {connections.map(({ _id, name, account, state }) => (
          <li key={_id} className="flex items-center gap-3.5 px-4 py-3.5">
            <span className="grid size-9 shrink-0 place-items-center rounded-lg border border-line text-muted">
              <MessageCircle aria-hidden className="size-4.5" />
            </span>
            <div className="min-w-0 flex-1">
              <h3 className="truncate text-sm font-medium">{name}</h3>
              {account === null ? null : <p className="truncate text-sm text-muted">{t("account", { account })}</p>}
            </div>
            <ConnectionState state={state} />
          </li>
        ))}
      </ul>
    </section>
  );
}
