"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";
import { Spinner } from "@/components/ui/spinner.tsx";
import type { CodeLife } from "../code-life.ts";
import { qrPathOf } from "../qr-path.ts";
import { CountdownRing } from "./countdown-ring.tsx";
import type { Pairing } from "./use-code-life.ts";

type QrPlateProps = { pairing: Pairing | null; life: CodeLife | null; busy: boolean; onAsk: () => void };

/** The code while it lives, and the time it has; else a button that brings one. An old code is never shown. */
export function QrPlate({ pairing, life, busy, onAsk }: QrPlateProps) {
  const t = useTranslations("connections.scan");
  const isLive = pairing !== null && life?.state === "live";
  return (
    <div className="mx-auto grid w-full max-w-72 gap-3 md:w-72">
      {isLive ? (
        <Code pairing={pairing} />
      ) : (
        <div className="grid aspect-square place-content-center justify-items-center gap-3 rounded-xl border border-dashed border-line-strong bg-sunken p-6 text-center">
          {busy ? (
            <>
              <Spinner className="size-6 text-muted" />
              <p className="text-sm text-muted">{t("asking")}</p>
            </>
          ) : (
            <>
              <p className="text-sm text-muted">
                {t(life?.state === "paused" ? "paused" : pairing ? "stale" : "none")}
              </p>
              <Button variant="primary" onClick={onAsk}>
                <RotateCw aria-hidden />
                {t(pairing ? "showNew" : "show")}
              </Button>
            </>
          )}
        </div>
      )}
      {isLive ? <CountdownRing life={life} /> : null}
    </div>
  );
}

/** Dark on white in both themes: cameras do not read a code the other way round. */
function Code({ pairing: { code, imageDataUrl } }: { pairing: Pairing }) {
  const t = useTranslations("connections.scan");
  if (code === null) {
    return imageDataUrl === null ? null : (
      // oxlint-disable-next-line nextjs/no-img-element -- a data address of the provider, which nothing can optimise
      <img src={imageDataUrl} alt={t("code")} className="aspect-square w-full rounded-xl border border-line" />
    );
  }
  const { size, path } = qrPathOf(code);
  return (
    <svg
      role="img"
      aria-label={t("code")}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="aspect-square w-full rounded-xl border border-line"
    >
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
