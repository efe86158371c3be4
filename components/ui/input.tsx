import type { ComponentProps } from "react";
import { cn } from "@/lib/cn.ts";

/** What every box that one types in or picks from looks like; 16 px on touch, or phones zoom in. */
export const controlStyle = [
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink shadow-low placeholder:text-faint",
  "transition-[border-color,box-shadow] duration-100 hover:border-control touch:text-lg",
  "focus-visible:border-brand focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-muted disabled:shadow-none",
  "[&[readonly]]:bg-sunken aria-invalid:border-danger aria-invalid:focus-visible:outline-danger",
].join(" ");

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(controlStyle, "h-9 touch:h-11", className)} {...rest} />;
}
