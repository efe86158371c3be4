"use client";

import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";

type SegmentedProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
};

/** A choice among two to four values that all fit side by side. */
export function Segmented<Value extends string>({ label, value, onValueChange, options }: SegmentedProps<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onValueChange(chosen.value);
      }}
      className="inline-flex max-w-full gap-0.5 rounded-lg bg-sunken p-0.5"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium text-muted transition-colors enabled:hover:text-ink disabled:opacity-70 data-[state=checked]:bg-raised data-[state=checked]:text-ink data-[state=checked]:shadow-low touch:h-11 [&_svg]:size-4"
        >
          {option.icon}
          <span className="truncate">{option.label}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
