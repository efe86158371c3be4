"use client";

import { useSyncExternalStore } from "react";
import { cn } from "@/lib/cn.ts";

const never = () => () => {};

/** The keys of a command, as they stand on the keyboard of whoever looks. */
export function KeysHint({ keys, className }: { keys: string; className?: string }) {
  const modifier = useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
  return (
    <span className={cn("flex shrink-0 items-center gap-1", className)}>
      {keys.split(" ").map((stroke, index) => (
        <kbd key={index} className={keyStyle}>
          {stroke.split("+").map((part) => (part === "mod" ? `${modifier} ` : part.toUpperCase()))}
        </kbd>
      ))}
    </span>
  );
}

const keyStyle =
  "grid h-5 min-w-5 place-items-center rounded-sm border border-line-strong bg-surface px-1 font-mono text-2xs whitespace-pre text-muted";
