"use client";

import { useLocale, useTranslations } from "next-intl";
import { memo, type ComponentProps } from "react";
import { Field } from "@/components/ui/field.tsx";
import { NativeSelect } from "@/components/ui/native-select.tsx";

const brazilian = new Set(
  "Noronha Belem Fortaleza Recife Araguaina Maceio Bahia Sao_Paulo Campo_Grande Cuiaba Santarem Porto_Velho Boa_Vista Manaus Eirunepe Rio_Branco"
    .split(" ")
    .map((city) => `America/${city}`),
);

/** All zones that the browser knows, those of Brazil first. A native list: it is long, and people type to find theirs. */
export function TimeZoneField(select: ComponentProps<"select">) {
  const t = useTranslations("general");
  return (
    <Field label={t("timezone")} hint={t("timezoneHint")}>
      <NativeSelect {...select}>
        <ZoneOptions />
      </NativeSelect>
    </Field>
  );
}

/** Hundreds of names with their offsets: worth writing once. */
const ZoneOptions = memo(function ZoneOptions() {
  const t = useTranslations("general");
  const locale = useLocale();
  const offsetOf = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "shortOffset" })
      .formatToParts()
      .find((part) => part.type === "timeZoneName")?.value ?? "";
  const option = (zone: string) => (
    <option key={zone} value={zone}>
      {zone.replace(/^.*\//, "").replaceAll("_", " ")} ({offsetOf(zone)})
    </option>
  );
  const zones = Intl.supportedValuesOf("timeZone");
  return (
    <>
      <optgroup label={t("brazil")}>{zones.filter((zone) => brazilian.has(zone)).map(option)}</optgroup>
      <optgroup label={t("world")}>{zones.filter((zone) => !brazilian.has(zone)).map(option)}</optgroup>
    </>
  );
});
