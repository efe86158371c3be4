import { cn } from "@/lib/cn.ts";

/** A grey shape where content will be. Give it the size of what it stands for. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse rounded-md bg-active", className)} />;
}
