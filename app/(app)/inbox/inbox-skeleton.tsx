import { Skeleton } from "@/components/ui/skeleton.tsx";

export function InboxSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 appear-late">
      <div className="flex-1 border-line md:max-w-80 md:border-e lg:max-w-88">
        <div className="flex h-12 items-center border-b border-line px-4">
          <Skeleton className="h-4 w-28" />
        </div>
        <RowsSkeleton />
      </div>
      <div className="hidden flex-1 bg-canvas md:block" />
    </div>
  );
}

const widths = ["w-32", "w-40", "w-24", "w-36", "w-28", "w-44", "w-32", "w-24"];

/** As tall as the lines that it stands for. */
export function RowsSkeleton() {
  return (
    <div aria-hidden className="appear-late">
      {widths.map((width, index) => (
        <div key={index} className="flex h-16 items-center gap-3 px-4">
          <Skeleton className="size-8 shrink-0 rounded-full" />
          <div className="grid flex-1 gap-2">
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="h-3 w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
