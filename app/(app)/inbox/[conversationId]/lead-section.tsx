import type { ReactNode } from "react";

type LeadSectionProps = { title: string; action?: ReactNode; children: ReactNode };

export function LeadSection({ title, action, children }: LeadSectionProps) {
  return (
    <section className="border-t border-line px-4 py-3">
      <div className="mb-1.5 flex min-h-6 items-center justify-between gap-2">
        <h3 className="text-xs font-medium text-faint">{title}</h3>
        {action}
      </div>
      {children}
    </section>
  );
}
