"use client";

import { useTranslations } from "next-intl";
import { shortcutSetting } from "@/components/command/shortcut-setting.ts";
import { useDeviceSetting } from "@/components/shell/device-setting.ts";
import { Card } from "@/components/ui/card.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { playWaitingSound, soundSetting } from "@/components/waiting/waiting-sound.ts";
import { SettingRow } from "./setting-row.tsx";

/** What is chosen for this browser alone. */
export function DeviceCard() {
  const t = useTranslations("commands.settings");
  const handover = useTranslations("inbox.handover.sound");
  const shortcuts = useDeviceSetting(shortcutSetting);
  const sound = useDeviceSetting(soundSetting) === "on" ? "on" : "off";
  const options = (["on", "off"] as const).map((value) => ({ value, label: t(value) }));
  const chooseSound = (value: "on" | "off") => {
    soundSetting.choose(value);
    if (value === "on") playWaitingSound();
  };
  return (
    <Card title={t("title")} description={t("hint")}>
      <SettingRow title={t("shortcuts")} hint={t("shortcutsHint")}>
        <Segmented
          label={t("shortcuts")}
          value={shortcuts}
          onValueChange={(value) => shortcutSetting.choose(value)}
          options={options}
        />
      </SettingRow>
      <SettingRow title={handover("setting")} hint={handover("settingHint")}>
        <Segmented label={handover("setting")} value={sound} onValueChange={chooseSound} options={options} />
      </SettingRow>
    </Card>
  );
}
