import { PageSkeleton } from "./page-skeleton.tsx";

export default function Loading() {
  return (
    <div className="appear-late">
      <PageSkeleton />
    </div>
  );
}
