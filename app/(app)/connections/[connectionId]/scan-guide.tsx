"use client";

import { Keyboard, QrCode } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";

const strong = { strong: (chunks: React.ReactNode) => <strong className="font-semibold">{chunks}</strong> };

/** What to do on the phone, step by step. */
export function ScanGuide({ typing, onSwitch }: { typing: boolean; onSwitch: () => void }) {
  const t = useTranslations("connections.scan");
  const steps = typing
    ? [t.rich("open", strong), t.rich("devices", strong), t.rich("linkByNumber", strong), t.rich("typeCode", strong)]
    : [t.rich("open", strong), t.rich("devices", strong), t.rich("link", strong), t.rich("point", strong)];
  return (
    <div className="grid content-start gap-5">
      <ol className="grid gap-3.5">
        {steps.map((step, index) => (
          <li key={index} className="flex gap-3 text-base">
            <span className="grid size-6 shrink-0 place-items-center rounded-full bg-active text-xs font-semibold tabular-nums">
              {index + 1}
            </span>
            <span className="min-w-0 pt-0.5">{step}</span>
          </li>
        ))}
      </ol>
      <div>
        <p className="mb-1.5 text-sm text-muted">{t(typing ? "otherPhone" : "samePhone")}</p>
        <Button onClick={onSwitch}>
          {typing ? <QrCode aria-hidden /> : <Keyboard aria-hidden />}
          {t(typing ? "useQr" : "useCode")}
        </Button>
      </div>
    </div>
  );
}
