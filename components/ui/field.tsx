"use client";

import { Label, Slot } from "radix-ui";
import { useId, type ReactNode } from "react";
import { cn } from "@/lib/cn.ts";

type FieldProps = {
  label: ReactNode;
  /** Stays below the control while there is no error. */
  hint?: ReactNode;
  error?: string | undefined;
  /** Shown after the label, e.g. "optional". */
  aside?: ReactNode;
  /** Exactly one control: it is given the id, and is described by the hint or the error. */
  children: ReactNode;
  className?: string;
};

export function Field({ label, hint, error, aside, children, className }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={cn("grid gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <Label.Root htmlFor={id} className="text-sm font-medium">
          {label}
        </Label.Root>
        {aside ? <span className="text-xs text-faint">{aside}</span> : null}
      </div>
      <Slot.Root id={id} aria-invalid={error ? true : undefined} aria-describedby={note ? noteId : undefined}>
        {children}
      </Slot.Root>
      {note ? (
        <p
          id={noteId}
          role={error ? "alert" : undefined}
          className={cn("text-xs", error ? "text-danger" : "text-muted")}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}
