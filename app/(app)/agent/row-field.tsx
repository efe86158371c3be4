"use client";

import { Label, Slot } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cn } from "@/lib/cn.ts";

type RowFieldProps = {
  label: string;
  /** Read out only: what stands around it says it to the eye. */
  hidden?: boolean;
  error?: string | undefined;
  /** Exactly one control. */
  children: ReactNode;
  className?: string;
};

/** A field in a row of many: its label is small, or is there for the ear alone. */
export function RowField({ label, hidden = false, error, children, className }: RowFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={cn("grid min-w-0 content-start gap-1", className)}>
      <Label.Root htmlFor={id} className={cn("text-xs text-muted", hidden && "sr-only")}>
        {label}
      </Label.Root>
      <Slot.Root id={id} aria-invalid={error ? true : undefined} aria-describedby={error ? noteId : undefined}>
        {children}
      </Slot.Root>
      {error ? (
        <p id={noteId} role="alert" className="text-xs text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
