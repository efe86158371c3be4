import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn.ts";
import { controlStyle } from "./input.tsx";

/** For lists that are too long to draw ourselves. */
export function NativeSelect({ className, ...rest }: ComponentProps<"select">) {
  return (
    <span className="relative block">
      <select className={cn(controlStyle, "h-9 appearance-none pe-8 touch:h-11", className)} {...rest} />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute end-2.5 top-1/2 size-3.5 -translate-y-1/2 text-faint"
      />
    </span>
  );
}
