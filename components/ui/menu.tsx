"use client";

import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn.ts";

const panelStyle =
  "z-50 min-w-52 max-w-80 overflow-hidden rounded-lg border border-line bg-raised p-1 shadow-pop data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98";
const itemStyle =
  "relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 text-sm outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover data-[state=open]:bg-hover touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint";

type MenuProps = {
  /** A button; it gets the menu's aria attributes. */
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom" | "right";
  /** Both, where something else than the trigger opens it too. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export function Menu({ trigger, children, align = "start", side = "bottom", ...state }: MenuProps) {
  return (
    <Radix.Root {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} side={side} sideOffset={6} collisionPadding={8} className={panelStyle}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ className, danger, ...rest }: ComponentProps<typeof Radix.Item> & { danger?: boolean }) {
  return (
    <Radix.Item
      className={cn(
        itemStyle,
        danger && "text-danger data-[highlighted]:bg-danger-soft [&_svg]:text-danger",
        className,
      )}
      {...rest}
    />
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 text-xs text-faint">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

type MenuChoiceProps<Value extends string> = {
  label: string;
  icon: ReactNode;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChoose: (value: Value) => void;
};

/** A submenu in which one of a few values is chosen. */
export function MenuChoice<Value extends string>({ label, icon, value, options, onChoose }: MenuChoiceProps<Value>) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={itemStyle}>
        {icon}
        <span className="flex-1">{label}</span>
        <ChevronRight aria-hidden />
      </Radix.SubTrigger>
      <Radix.Portal>
        <Radix.SubContent sideOffset={4} collisionPadding={8} className={cn(panelStyle, "min-w-36")}>
          <Radix.RadioGroup value={value}>
            {options.map((option) => (
              <MenuOption key={option.value} value={option.value} onSelect={() => onChoose(option.value)}>
                {option.label}
              </MenuOption>
            ))}
          </Radix.RadioGroup>
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}

export function MenuOptions({ value, children }: { value: string; children: ReactNode }) {
  return <Radix.RadioGroup value={value}>{children}</Radix.RadioGroup>;
}

export function MenuOption({ className, children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(itemStyle, "pe-8", className)} {...rest}>
      {children}
      <Radix.ItemIndicator className="absolute end-2">
        <Check aria-hidden className="text-brand-text!" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}
