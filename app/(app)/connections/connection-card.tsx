"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ConnectionState } from "@/components/connection/connection-state.tsx";
import { Banner } from "@/components/ui/banner.tsx";
import { formatPhone } from "@/lib/domain/phone.ts";
import { ChannelIcon } from "../inbox/channel-icon.tsx";
import { CardMenu } from "./card-menu.tsx";
import { LastEvent } from "./last-event.tsx";
import type { Connection } from "./rows.ts";
import { isLost, storyOf } from "./story.ts";
import { Traffic } from "./traffic.tsx";
import { WayOut } from "./way-out.tsx";

type ConnectionCardProps = { connection: Connection; manages: boolean };

export function ConnectionCard({ connection, manages }: ConnectionCardProps) {
  const t = useTranslations("connections");
  const { _id, channel, name, account, address, state, lastEventAt } = connection;
  const titleId = `connection-${_id}`;
  return (
    <li aria-labelledby={titleId} className="overflow-hidden rounded-xl border border-line bg-surface shadow-low">
      <div className="flex items-start gap-3.5 p-4 pb-3 sm:p-5 sm:pb-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-lg border border-line text-muted">
          <ChannelIcon channel={channel} className="size-4.5" />
        </span>
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h3 id={titleId} className="truncate text-base font-semibold tracking-tight">
              {name}
            </h3>
            <ConnectionState state={state} />
          </div>
          <p className="mt-0.5 flex flex-wrap gap-x-1.5 text-sm text-muted">
            {address === null ? null : <span className="tabular-nums">{formatPhone(address)}</span>}
            {address === null || account === null ? null : (
              <span aria-hidden className="max-sm:hidden">
                ·
              </span>
            )}
            {account === null ? null : <span className="truncate">{t("account", { account })}</span>}
          </p>
        </div>
        {manages ? <CardMenu connection={connection} /> : null}
      </div>
      <Situation connection={connection} manages={manages} />
      {state === "draft" ? null : (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-3 sm:grid-cols-2 border-t border-line bg-canvas px-4 py-3 text-sm sm:px-5">
          <Figure label={t("lastEvent")}>
            <LastEvent at={lastEventAt} />
          </Figure>
          <Figure label={t("lastDay")}>
            <Traffic connectionId={_id} />
          </Figure>
        </dl>
      )}
    </li>
  );
}

/** Cause and fix in words, and the one thing to do about it; a line of text when all is well. */
function Situation({ connection, manages }: ConnectionCardProps) {
  const t = useTranslations("connections");
  const { key, next } = storyOf(connection);
  const works = connection.state === "connected";
  return (
    <div className="px-4 pb-4 sm:px-5">
      <output className="block">
        {works ? (
          <p className="text-sm text-muted">{t(`stories.${key}.cause`)}</p>
        ) : (
          <Banner tone={isLost(connection) ? "danger" : "warn"}>
            <p className="font-medium">{t(`stories.${key}.cause`)}</p>
            <p className="mt-0.5">{t(`stories.${key}.fix`)}</p>
          </Banner>
        )}
      </output>
      {manages && next !== "nothing" ? <WayOut connection={connection} next={next} /> : null}
    </div>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}
