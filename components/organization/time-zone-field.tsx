"use client";

import { useLocale, useTranslations } from "next-intl";
import { memo, type ComponentProps } from "react";
import { Field } from "@/components/ui/field.tsx";
import { NativeSelect } from "@/components/ui/native-select.tsx";

/** Brazil's zones by the name that people there know them by. */
const brazilian = new Map([
  ["America/Sao_Paulo", "Brasília, São Paulo, Rio de Janeiro"],
  ["America/Bahia", "Salvador"],
  ["America/Recife", "Recife"],
  ["America/Fortaleza", "Fortaleza"],
  ["America/Maceio", "Maceió"],
  ["America/Belem", "Belém"],
  ["America/Santarem", "Santarém"],
  ["America/Araguaina", "Palmas"],
  ["America/Cuiaba", "Cuiabá"],
  ["America/Campo_Grande", "Campo Grande"],
  ["America/Manaus", "Manaus"],
  ["America/Porto_Velho", "Porto Velho"],
  ["America/Boa_Vista", "Boa Vista"],
  ["America/Eirunepe", "Eirunepé"],
  ["America/Rio_Branco", "Rio Branco"],
  ["America/Noronha", "Fernando de Noronha"],
]);

type TimeZoneFieldProps = ComponentProps<"select"> & {
  /** Kept as it is even when the browser does not list it. */
  current: string;
  hint: string;
};

/** All zones that the browser knows, those of Brazil first. A native list: it is long, and people type to find theirs. */
export function TimeZoneField({ current, hint, ...select }: TimeZoneFieldProps) {
  const t = useTranslations("general");
  return (
    <Field label={t("timezone")} hint={hint}>
      <NativeSelect {...select}>
        <ZoneOptions current={current} />
      </NativeSelect>
    </Field>
  );
}

/** Hundreds of names with their offsets: worth writing once. */
const ZoneOptions = memo(function ZoneOptions({ current }: { current: string }) {
  const t = useTranslations("general");
  const locale = useLocale();
  const offsetOf = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "shortOffset" })
      .formatToParts()
      .find((part) => part.type === "timeZoneName")?.value ?? "";
  const option = ([zone, name]: readonly [string, string]) => (
    <option key={zone} value={zone}>
      {name} ({offsetOf(zone)})
    </option>
  );
  const others = [...new Set([...Intl.supportedValuesOf("timeZone"), current])]
    .filter((zone) => !brazilian.has(zone))
    .toSorted();
  return (
    <>
      <optgroup label={t("brazil")}>{[...brazilian].map(option)}</optgroup>
      <optgroup label={t("world")}>{others.map((zone) => option([zone, zone.replaceAll("_", " ")]))}</optgroup>
    </>
  );
});
