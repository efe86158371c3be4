"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn.ts";

export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Radix.Provider delayDuration={300}>{children}</Radix.Provider>;
}

type TooltipProps = {
  text: ReactNode;
  side?: "top" | "right";
  /** Something that can have the focus, or the text is out of reach of a keyboard. */
  children: ReactNode;
  className?: string;
};

export function Tooltip({ text, side = "top", children, className }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn("z-50 max-w-64 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-pop", className)}
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
