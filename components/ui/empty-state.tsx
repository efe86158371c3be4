import type { ReactNode } from "react";

type EmptyStateProps = {
  icon: ReactNode;
  title: string;
  /** The page's own heading unless a page header is above it. */
  heading?: "h1" | "h2";
  children: ReactNode;
  action?: ReactNode;
};

/** One sentence and one thing to do. */
export function EmptyState({ icon, title, heading: Heading = "h2", children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-96 flex-col items-center gap-1 px-6 py-16 text-center">
      <span className="mb-3 grid size-10 place-items-center rounded-lg border border-line bg-surface text-faint shadow-low [&_svg]:size-5">
        {icon}
      </span>
      <Heading className="text-lg font-semibold tracking-tight">{title}</Heading>
      <div className="text-sm text-muted">{children}</div>
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
