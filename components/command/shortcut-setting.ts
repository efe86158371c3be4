import { DeviceSetting } from "@/components/shell/device-setting.ts";

/** Whether single characters run commands. */
export const shortcutSetting = new DeviceSetting({
  key: "qify.shortcuts",
  values: ["on", "off"] as const,
  fallback: "on",
});
