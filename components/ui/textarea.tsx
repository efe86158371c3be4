import type { ComponentProps } from "react";
import { cn } from "@/lib/cn.ts";
import { controlStyle } from "./input.tsx";

/** Grows with its text, between three and ten lines. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={3}
      className={cn(controlStyle, "field-sizing-content max-h-56 min-h-20 resize-none py-2", className)}
      {...rest}
    />
  );
}
