"use client";

import { useTranslations } from "next-intl";
import { useController, useFormContext } from "react-hook-form";
import { TimeZoneField } from "@/components/organization/time-zone-field.tsx";
import { Button } from "@/components/ui/button.tsx";
import { ChoiceCards } from "@/components/ui/choice-cards.tsx";
import { DayRow } from "./day-row.tsx";
import type { FormValues } from "./form-values.ts";
import { Section } from "./section.tsx";

const outsides = ["announce", "answer", "wait"] as const;
/** Monday first: people plan by the working week. 0 is Sunday. */
const week = [1, 2, 3, 4, 5, 6, 0];
const restOfWorkingWeek = [2, 3, 4, 5];

export function HoursSection() {
  const t = useTranslations("agent");
  const { control, register, getValues } = useFormContext<FormValues>();
  const { field: days } = useController({ control, name: "workingHours.days" });
  const { field: outside } = useController({ control, name: "workingHours.outside" });
  const copyMonday = () =>
    days.onChange(days.value.map((spans, day) => (restOfWorkingWeek.includes(day) ? (days.value[1] ?? []) : spans)));
  return (
    <Section id="hours">
      <TimeZoneField
        hint={t("timezoneHint")}
        current={getValues("workingHours.timezone")}
        {...register("workingHours.timezone")}
      />
      <div className="grid gap-2">
        <ul className="divide-y divide-line rounded-lg border border-line">
          {week.map((day) => (
            <DayRow
              key={day}
              day={day}
              spans={days.value[day] ?? []}
              onChange={(spans) => days.onChange(days.value.map((old, at) => (at === day ? spans : old)))}
            />
          ))}
        </ul>
        <Button size="sm" className="justify-self-start" onClick={copyMonday}>
          {t("copyMonday")}
        </Button>
      </div>
      <div className="grid gap-1.5">
        <p className="text-sm font-medium">{t("outside")}</p>
        <ChoiceCards
          label={t("outside")}
          value={outside.value}
          onValueChange={outside.onChange}
          options={outsides.map((value) => ({
            value,
            title: t(`outsides.${value}.name`),
            example: t(`outsides.${value}.effect`),
          }))}
        />
      </div>
    </Section>
  );
}
