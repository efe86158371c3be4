import { Skeleton } from "@/components/ui/skeleton.tsx";
import { cn } from "@/lib/cn.ts";

const bubbles = ["w-56", "w-72 ms-auto", "w-44 ms-auto", "w-64", "w-40", "w-60 ms-auto"];

export function ConversationSkeleton() {
  return (
    <div aria-hidden className="flex min-h-0 flex-1 flex-col appear-late">
      <div className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-4">
        <Skeleton className="h-4 w-40" />
      </div>
      <ThreadSkeleton />
    </div>
  );
}

export function ThreadSkeleton() {
  return (
    <div
      aria-hidden
      className="flex min-h-0 flex-1 flex-col justify-end gap-3 overflow-hidden bg-canvas p-4 appear-late"
    >
      {bubbles.map((width) => (
        <Skeleton key={width} className={cn("h-10 max-w-[80%] rounded-xl", width)} />
      ))}
    </div>
  );
}
