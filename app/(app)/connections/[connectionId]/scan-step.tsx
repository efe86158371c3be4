"use client";

import { useAction, useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner.tsx";
import { api } from "@/convex/_generated/api";
import type { Setup } from "../rows.ts";
import { isLost, storyOf } from "../story.ts";
import { useSetupToast } from "../use-setup-toast.ts";
import { PhoneCode } from "./phone-code.tsx";
import { QrPlate } from "./qr-plate.tsx";
import { ScanGuide } from "./scan-guide.tsx";
import { useCodeLife } from "./use-code-life.ts";

/** The code to scan, how to do that, and the code to type for those who cannot scan. */
export function ScanStep({ setup }: { setup: Setup }) {
  const t = useTranslations("connections.scan");
  const { _id: connectionId, state } = setup;
  const pairing = useQuery(api.connections.connections.pairing, { connectionId });
  const [life, restart] = useCodeLife(pairing);
  const connect = useAction(api.connections.accounts.connect);
  const showProblem = useSetupToast();
  const [asking, startAsking] = useTransition();
  const [typing, setTyping] = useState(false);
  const ask = () =>
    startAsking(async () => {
      restart();
      await connect({ connectionId }).catch(showProblem);
    });
  const isLive = life?.state === "live";
  return (
    <div className="grid gap-6">
      <div>
        <h2 className="text-xl font-semibold tracking-tight">{t(typing ? "titleTyping" : "title")}</h2>
        <output className="mt-1 block text-sm text-muted">
          {t(state === "connecting" ? "connecting" : isLive ? "waiting" : "ready")}
        </output>
      </div>
      {isLost(setup) && !asking ? <Lost setup={setup} /> : null}
      <div className="grid items-start gap-6 md:grid-cols-[auto_1fr] md:gap-10">
        {typing ? (
          <PhoneCode connectionId={connectionId} code={isLive ? (pairing?.pairingCode ?? null) : null} life={life} />
        ) : (
          <QrPlate pairing={pairing ?? null} life={life} busy={asking || pairing === undefined} onAsk={ask} />
        )}
        <ScanGuide typing={typing} onSwitch={() => setTyping(!typing)} />
      </div>
      <Banner tone="info">{t("unofficial")}</Banner>
    </div>
  );
}

/** Why a phone has to be paired again. */
function Lost({ setup }: { setup: Setup }) {
  const t = useTranslations("connections");
  return <Banner tone="warn">{t(`stories.${storyOf(setup).key}.cause`)}</Banner>;
}
