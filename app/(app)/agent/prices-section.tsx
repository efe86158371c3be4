"use client";

import { useTranslations } from "next-intl";
import { useFieldArray, useFormContext } from "react-hook-form";
import type { FormValues } from "./form-values.ts";
import { PriceRow } from "./price-row.tsx";
import { Rows } from "./rows.tsx";
import { Section } from "./section.tsx";

const NO_PRICE: FormValues["prices"][number] = {
  label: "",
  amount: "",
  currency: "BRL",
  period: "month",
  kind: "exact",
};

export function PricesSection() {
  const t = useTranslations("agent");
  const { control, getValues } = useFormContext<FormValues>();
  const { fields, append, remove, move } = useFieldArray({ control, name: "prices" });
  const add = () => append({ ...NO_PRICE, currency: getValues("prices").at(-1)?.currency ?? NO_PRICE.currency });
  return (
    <Section id="prices">
      <Rows
        rows={fields}
        rowLabel={(at) => t("priceNumber", { number: at + 1 })}
        addLabel={t("addPrice")}
        empty={t("noPrices")}
        onAdd={add}
        onRemove={remove}
        onMove={move}
      >
        {(at, actions) => <PriceRow at={at} actions={actions} />}
      </Rows>
    </Section>
  );
}
