"use client";

import { RadioGroup } from "radix-ui";

type ChoiceCardsProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; title: string; example: string }[];
};

/** One of a few, each with an example of what choosing it means. */
export function ChoiceCards<Value extends string>({ label, value, onValueChange, options }: ChoiceCardsProps<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onValueChange(chosen.value);
      }}
      className="grid gap-2"
    >
      {options.map((option) => (
        <RadioGroup.Item key={option.value} value={option.value} className={cardStyle}>
          <span className={dotStyle}>
            <RadioGroup.Indicator className="size-1.5 rounded-full bg-brand-ink" />
          </span>
          <span className="min-w-0">
            <span className="block text-sm font-medium">{option.title}</span>
            <span className="block text-sm text-muted">{option.example}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

const cardStyle = [
  "group flex items-start gap-3 rounded-lg border border-line-strong bg-surface p-3 text-start shadow-low transition-colors",
  "enabled:hover:border-control data-[state=checked]:border-brand data-[state=checked]:bg-brand-soft",
  "disabled:border-line-strong disabled:bg-sunken disabled:text-muted disabled:shadow-none",
].join(" ");
const dotStyle = [
  "mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-control bg-surface",
  "group-data-[state=checked]:border-brand group-data-[state=checked]:bg-brand",
  "group-disabled:border-control group-disabled:group-data-[state=checked]:bg-control",
].join(" ");
