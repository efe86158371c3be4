"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { PLAYBOOK_RANGES, type Range } from "@/lib/domain/playbook-limits.ts";
import type { FormValues } from "./form-values.ts";
import { NumberField } from "./number-field.tsx";
import { Section } from "./section.tsx";

export function PacingSection() {
  const t = useTranslations("agent");
  const debounce = useWatch({ control: useFormContext<FormValues>().control, name: "pacing.debounceSeconds" });
  const { least, most } = inSeconds(PLAYBOOK_RANGES.maxWaitMs);
  return (
    <Section id="pacing">
      <NumberField
        name="pacing.debounceSeconds"
        label={t("debounce")}
        hint={t("debounceHint")}
        unit={t("units.seconds")}
        range={inSeconds(PLAYBOOK_RANGES.debounceMs)}
      />
      <NumberField
        name="pacing.maxWaitSeconds"
        label={t("maxWait")}
        hint={t("maxWaitHint")}
        unit={t("units.seconds")}
        range={{ least: Number.isNaN(debounce) ? least : debounce, most }}
      />
      <NumberField
        name="pacing.maxUnanswered"
        label={t("maxUnanswered")}
        hint={t("maxUnansweredHint")}
        unit={t("units.messages")}
        range={PLAYBOOK_RANGES.maxUnanswered}
      />
    </Section>
  );
}

function inSeconds({ least, most }: Range): Range {
  return { least: least / 1_000, most: most / 1_000 };
}
