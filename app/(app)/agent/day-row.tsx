"use client";

import { Plus, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Switch } from "@/components/ui/switch.tsx";
import { Tooltip } from "@/components/ui/tooltip.tsx";
import type { Span } from "./form-values.ts";
import { RowField } from "./row-field.tsx";
import { useProblem } from "./use-problem.ts";

/** 4 January 1970 was a Sunday. */
const SUNDAY = Date.UTC(1970, 0, 4);
const DAY_MS = 86_400_000;
const OFFICE: Span = { opens: "09:00", closes: "18:00" };
const AFTERNOON: Span = { opens: "19:00", closes: "21:00" };
const MAX_SPANS = 3;

type DayRowProps = { day: number; spans: readonly Span[]; onChange: (spans: Span[]) => void };

/** A weekday: closed, or open in one or more stretches. */
export function DayRow({ day, spans, onChange }: DayRowProps) {
  const t = useTranslations("agent");
  const format = useFormatter();
  const id = useId();
  const name = format.dateTime(SUNDAY + day * DAY_MS, { weekday: "long", timeZone: "UTC" });
  const isOpen = spans.length > 0;
  return (
    <li className="flex flex-wrap items-start gap-x-3 px-3 py-1.5">
      <label htmlFor={id} className="flex h-9 w-36 items-center gap-2.5 text-sm touch:h-11">
        <Switch id={id} checked={isOpen} onCheckedChange={(opens) => onChange(opens ? [OFFICE] : [])} />
        <span className="first-letter:uppercase">{name}</span>
      </label>
      {isOpen ? (
        <div className="grid gap-1.5 max-sm:order-last max-sm:basis-full max-sm:pb-1.5">
          {spans.map((span, at) => (
            <SpanFields
              key={at}
              path={{ day, at }}
              dayName={name}
              span={span}
              onChange={(next) => onChange(spans.map((old, other) => (other === at ? next : old)))}
              onRemove={spans.length > 1 ? () => onChange(spans.filter((_, other) => other !== at)) : null}
            />
          ))}
        </div>
      ) : (
        <span className="flex h-9 items-center text-sm text-muted max-sm:ms-auto touch:h-11">{t("closed")}</span>
      )}
      {isOpen && spans.length < MAX_SPANS ? (
        <Tooltip text={t("addSpan")}>
          <Button
            variant="ghost"
            size="icon"
            className="ms-auto"
            aria-label={t("addSpanTo", { day: name })}
            onClick={() => onChange([...spans, AFTERNOON])}
          >
            <Plus aria-hidden />
          </Button>
        </Tooltip>
      ) : null}
    </li>
  );
}

/** Without the browser's clock: people type, and a phone opens its own. */
const timeStyle = "w-26 text-center [&::-webkit-calendar-picker-indicator]:hidden";

type SpanFieldsProps = {
  path: { day: number; at: number };
  dayName: string;
  span: Span;
  onChange: (span: Span) => void;
  onRemove: (() => void) | null;
};

function SpanFields({ path, dayName, span, onChange, onRemove }: SpanFieldsProps) {
  const t = useTranslations("agent");
  const problem = useProblem()(`workingHours.days.${path.day}.${path.at}`, t("spanProblem"));
  return (
    <div>
      <div className="flex items-center gap-1.5">
        <RowField hidden label={t("opensAt", { day: dayName })}>
          <Input
            type="time"
            aria-invalid={problem === undefined ? undefined : true}
            className={timeStyle}
            value={span.opens}
            onChange={({ target }) => onChange({ ...span, opens: target.value })}
          />
        </RowField>
        <span className="text-sm text-muted">{t("until")}</span>
        <RowField hidden label={t("closesAt", { day: dayName })}>
          <Input
            type="time"
            className={timeStyle}
            value={span.closes}
            onChange={({ target }) => onChange({ ...span, closes: target.value })}
          />
        </RowField>
        {onRemove === null ? null : (
          <Button variant="ghost" size="icon" aria-label={t("removeSpan", { day: dayName })} onClick={onRemove}>
            <X aria-hidden />
          </Button>
        )}
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="mt-1 text-xs text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
