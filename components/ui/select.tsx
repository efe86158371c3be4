"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn.ts";
import { controlStyle } from "./input.tsx";

export type SelectOption = { value: string; label: string; hint?: string };

type SelectProps = Omit<ComponentProps<typeof Radix.Trigger>, "value" | "onChange"> & {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly SelectOption[];
  /** `quiet` is for rows of a table: no box until one points at it. */
  look?: "box" | "quiet";
};

export function Select({ value, onValueChange, options, look = "box", className, disabled, ...trigger }: SelectProps) {
  return (
    <Radix.Root value={value} onValueChange={onValueChange} disabled={disabled ?? false}>
      <Radix.Trigger
        className={cn(
          "flex items-center justify-between gap-2 text-start",
          look === "box" ? cn(controlStyle, "h-9 touch:h-11") : quietStyle,
          className,
        )}
        {...trigger}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <Radix.Icon>
          <ChevronDown aria-hidden className="size-3.5 text-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-80 overflow-hidden rounded-lg border border-line bg-raised p-1 shadow-pop data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98"
        >
          <Radix.Viewport className="max-h-72">
            {options.map((option) => (
              <Option key={option.value} {...option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const quietStyle =
  "h-7 rounded-md px-2 text-sm text-ink hover:bg-hover data-[state=open]:bg-hover disabled:text-muted disabled:hover:bg-transparent disabled:[&_svg]:hidden touch:min-h-11";

function Option({ value, label, hint }: SelectOption) {
  return (
    <Radix.Item
      value={value}
      className="relative flex min-h-8 cursor-default select-none flex-col justify-center rounded-md py-1 ps-2 pe-8 text-sm outline-none data-[highlighted]:bg-hover touch:min-h-11"
    >
      <Radix.ItemText>{label}</Radix.ItemText>
      {hint ? <span className="text-xs text-muted">{hint}</span> : null}
      <Radix.ItemIndicator className="absolute end-2 top-1/2 -translate-y-1/2">
        <Check aria-hidden className="size-4 text-brand-text" />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}
