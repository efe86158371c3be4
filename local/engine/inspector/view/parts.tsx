import type { ReactNode } from "react";

/** Something that scrolls by itself, and can be scrolled with the keyboard. */
export function Scroller({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable without a mouse
    <div className="scroller" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

export function Note({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="note">
      <p className="note-title">{title}</p>
      {children !== undefined && <p className="muted">{children}</p>}
    </div>
  );
}

export function Failed({ reason }: { reason: string }) {
  return (
    <div className="note" role="alert">
      <p className="note-title problem">This cannot be shown</p>
      <p className="muted">{reason}</p>
    </div>
  );
}

export function Loading() {
  return (
    <div className="loading" role="status">
      <span className="unseen">Loading</span>
      {["80%", "64%", "72%", "40%"].map((width) => (
        <span key={width} className="bone" />
      ))}
    </div>
  );
}

export function Filter({ value, onChange, what }: { value: string; onChange: (value: string) => void; what: string }) {
  return (
    <input
      className="filter"
      data-filter=""
      type="search"
      placeholder={`Filter ${what}`}
      aria-label={`Filter ${what}`}
      aria-keyshortcuts="/"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function Tag({ tone, children }: { tone: "plain" | "good" | "warn" | "bad" | "brand"; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}
