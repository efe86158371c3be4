import type { ReactNode } from "react";

type SubsectionProps = { title: string; hint?: string; children: ReactNode };

export function Subsection({ title, hint, children }: SubsectionProps) {
  return (
    <div className="grid gap-2.5">
      <div>
        <h3 className="text-sm font-medium">{title}</h3>
        {hint ? <p className="text-xs text-muted">{hint}</p> : null}
      </div>
      {children}
    </div>
  );
}
