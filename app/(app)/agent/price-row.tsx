"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Input } from "@/components/ui/input.tsx";
import { NativeSelect } from "@/components/ui/native-select.tsx";
import { type FormValues, readAmount, spokenAmount, writeAmount } from "./form-values.ts";
import { RowField } from "./row-field.tsx";
import { useProblem } from "./use-problem.ts";

const currencies = ["BRL", "USD", "EUR"];
const periods = ["month", "year", "once"] as const;
const kinds = ["exact", "from"] as const;

/** One price: what for, how much, how often; and below, how a lead will read it. */
export function PriceRow({ at, actions }: { at: number; actions: ReactNode }) {
  const t = useTranslations("agent");
  const { register } = useFormContext<FormValues>();
  const problem = useProblem();
  return (
    <div className="grid gap-2 rounded-lg border border-line p-3">
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-[minmax(0,1fr)_9rem_8rem]">
        <RowField label={t("priceLabel")} error={problem(`prices.${at}.label`)} className="max-sm:col-span-2">
          <Input autoComplete="off" placeholder={t("priceExample")} {...register(`prices.${at}.label`)} />
        </RowField>
        <RowField label={t("priceKind")}>
          <NativeSelect {...register(`prices.${at}.kind`)}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`priceKinds.${kind}`)}
              </option>
            ))}
          </NativeSelect>
        </RowField>
        <RowField label={t("period")}>
          <NativeSelect {...register(`prices.${at}.period`)}>
            {periods.map((period) => (
              <option key={period} value={period}>
                {t(`periods.${period}`)}
              </option>
            ))}
          </NativeSelect>
        </RowField>
      </div>
      <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-start gap-2 sm:grid-cols-[5.5rem_9rem_minmax(0,1fr)]">
        <CurrencyField at={at} />
        <AmountField at={at} />
        <div className="flex min-w-0 items-center justify-between gap-2 max-sm:col-span-2 sm:min-h-14 sm:items-end">
          <Spoken at={at} />
          <span className="ms-auto">{actions}</span>
        </div>
      </div>
    </div>
  );
}

function CurrencyField({ at }: { at: number }) {
  const t = useTranslations("agent");
  const { register, getValues } = useFormContext<FormValues>();
  const known = [...new Set([...currencies, getValues(`prices.${at}.currency`)])];
  return (
    <RowField label={t("currency")}>
      <NativeSelect {...register(`prices.${at}.currency`)}>
        {known.map((currency) => (
          <option key={currency}>{currency}</option>
        ))}
      </NativeSelect>
    </RowField>
  );
}

function AmountField({ at }: { at: number }) {
  const t = useTranslations("agent");
  const locale = useLocale();
  const { register, setValue, getValues } = useFormContext<FormValues>();
  const problem = useProblem();
  const name = `prices.${at}.amount` as const;
  const tidy = () => {
    const amountCents = readAmount(getValues(name));
    if (!Number.isNaN(amountCents)) setValue(name, writeAmount(amountCents, locale), { shouldDirty: true });
  };
  const example = writeAmount(150_000, locale);
  return (
    <RowField label={t("amount")} error={problem(name, t("amountProblem", { example }))}>
      <Input
        inputMode="decimal"
        autoComplete="off"
        className="text-end"
        placeholder={example}
        {...register(name, { onBlur: tidy })}
      />
    </RowField>
  );
}

function Spoken({ at }: { at: number }) {
  const t = useTranslations("agent");
  const locale = useLocale();
  const price = useWatch({ control: useFormContext<FormValues>().control, name: `prices.${at}` });
  const amount = spokenAmount(price, locale);
  if (amount === null) return null;
  const said = t(`said.${price.period}`, { amount });
  return (
    <p className="text-xs text-muted sm:ps-1 sm:pb-2.5">{price.kind === "from" ? t("saidFrom", { said }) : said}</p>
  );
}
