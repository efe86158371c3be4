"use client";

import { useQuery } from "convex/react";
import { Bell, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeviceSetting } from "@/components/shell/device-setting.ts";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { playWaitingSound, soundSetting } from "@/components/waiting/waiting-sound.ts";
import { api } from "@/convex/_generated/api";

/** Once somebody waits, and until it is answered: whether the next one may be heard. */
export function SoundOffer() {
  const t = useTranslations("inbox.handover.sound");
  const mayReply = useMay("inbox:reply");
  const choice = useDeviceSetting(soundSetting);
  const counts = useQuery(api.inbox.conversations.counts, {});
  if (!mayReply || choice !== "unasked" || !counts?.waiting) return null;
  const turnOn = () => {
    soundSetting.choose("on");
    playWaitingSound();
  };
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line py-1 ps-4 pe-1.5 text-xs text-muted">
      <Bell aria-hidden className="size-3.5 shrink-0 text-faint" />
      <span className="min-w-0 flex-1">{t("offer")}</span>
      <Button size="sm" variant="ghost" className="px-2 text-brand-text hover:text-brand-text" onClick={turnOn}>
        {t("turnOn")}
      </Button>
      <Button size="icon" variant="ghost" aria-label={t("noThanks")} onClick={() => soundSetting.choose("off")}>
        <X aria-hidden />
      </Button>
    </div>
  );
}
