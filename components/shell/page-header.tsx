import type { ReactNode } from "react";

/** The one `h1` of a page, and what can be done with the page as a whole. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex h-12 shrink-0 touch:h-14 items-center justify-between gap-3 border-b border-line px-4 md:px-5">
      <h1 className="truncate text-base font-semibold tracking-tight">{title}</h1>
      {children}
    </header>
  );
}
