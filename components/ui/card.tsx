import type { ReactNode } from "react";

type CardProps = {
  title: string;
  description?: ReactNode;
  /** Stands across from the title. */
  status?: ReactNode;
  /** Stands at the bottom, on its own ground: what one can do with all of the above. */
  footer?: ReactNode;
  children: ReactNode;
};

export function Card({ title, description, status, footer, children }: CardProps) {
  return (
    <section className="overflow-hidden rounded-xl border border-line bg-surface shadow-low">
      <div className="p-4 sm:p-5">
        <div className="flex items-center justify-between gap-3">
          <h2 className="text-base font-semibold tracking-tight">{title}</h2>
          {status}
        </div>
        {description ? <p className="mt-0.5 text-sm text-muted">{description}</p> : null}
        <div className="mt-4 grid gap-4">{children}</div>
      </div>
      {footer ? (
        <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line bg-canvas px-4 py-2.5 sm:px-5">
          {footer}
        </div>
      ) : null}
    </section>
  );
}
