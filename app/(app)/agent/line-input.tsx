"use client";

import type { ComponentProps } from "react";
import { Textarea } from "@/components/ui/textarea.tsx";

/** A single line of text that may be long: it wraps and grows, so that all of it can be read. Enter adds no line. */
export function LineInput(props: ComponentProps<"textarea">) {
  return (
    <Textarea
      {...props}
      rows={1}
      className="min-h-9 py-1.5 touch:min-h-11 touch:py-2"
      onKeyDown={(event) => {
        if (event.key === "Enter") event.preventDefault();
      }}
    />
  );
}
