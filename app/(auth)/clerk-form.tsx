"use client";

import type { ReactNode } from "react";
import { useHydrated } from "@/components/shell/use-hydrated.ts";
import { Skeleton } from "@/components/ui/skeleton.tsx";

/**
 * Clerk's forms ask while they render whether Clerk has loaded, and where React comes late to a page, it has: what they draw would
 * not be what the server sent. So they are drawn after the page is React's, with their shape in their place.
 */
export function ClerkForm({ children }: { children: ReactNode }) {
  return useHydrated() ? children : <FormSkeleton />;
}

function FormSkeleton() {
  return (
    <div className="grid gap-6">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-10" />
      <Skeleton className="h-10" />
    </div>
  );
}
