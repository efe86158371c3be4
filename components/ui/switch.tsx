"use client";

import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn.ts";

/** On or off, at once. What it switches stands beside it, as its label. */
export function Switch({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        "group relative inline-flex h-5 w-9 shrink-0 items-center rounded-full bg-control px-0.5 transition-colors",
        "data-[state=checked]:bg-brand disabled:cursor-default disabled:opacity-50",
        "after:absolute after:-inset-1 touch:after:-inset-3",
        className,
      )}
      {...rest}
    >
      <Radix.Thumb className="size-4 rounded-full bg-surface shadow-low transition-transform data-[state=checked]:translate-x-4 rtl:data-[state=checked]:-translate-x-4" />
    </Radix.Root>
  );
}
