import { PageHeader } from "@/components/shell/page-header.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { SECTIONS } from "./sections.ts";

/** The shape of the page: the switch, the sections, two cards. */
export function AgentSkeleton({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <div className="flex min-h-0 flex-1 flex-col appear-late">
        <div className="flex items-center gap-3 border-b border-line px-4 py-3 md:px-5">
          <div className="grid flex-1 gap-1.5">
            <Skeleton className="h-5 w-56" />
            <Skeleton className="h-4 w-80 max-w-full" />
          </div>
          <Skeleton className="h-5 w-9 rounded-full" />
        </div>
        <div className="flex min-h-0 flex-1 flex-col md:flex-row">
          <div className="flex shrink-0 gap-2 overflow-hidden border-b border-line p-3 md:w-48 md:flex-col md:border-e md:border-b-0">
            {SECTIONS.map(({ id }) => (
              <Skeleton key={id} className="h-6 w-24 shrink-0 md:w-32" />
            ))}
          </div>
          <div className="mx-auto grid w-full max-w-168 content-start gap-5 px-4 py-6 md:px-8 md:py-8">
            <Skeleton className="h-36 rounded-xl" />
            <Skeleton className="h-96 rounded-xl" />
          </div>
        </div>
      </div>
    </>
  );
}
