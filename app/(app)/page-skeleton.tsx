import { Skeleton } from "@/components/ui/skeleton.tsx";

export function PageSkeleton() {
  return (
    <>
      <div className="flex h-12 items-center border-b border-line px-5">
        <Skeleton className="h-4 w-28" />
      </div>
      <div className="grid max-w-168 gap-3 p-5">
        <Skeleton className="h-5 w-56" />
        <Skeleton className="h-4 w-80 max-w-full" />
        <Skeleton className="mt-3 h-40 rounded-xl" />
      </div>
    </>
  );
}
