import { useConvexConnectionState } from "convex/react";
import { useMemo } from "react";
import { DataSection } from "./data-section.tsx";
import { FunctionsSection } from "./functions-section.tsx";
import { InspectorContext } from "./inspector-context.ts";
import { LiveSection } from "./live-section.tsx";
import { LogsSection } from "./logs-section.tsx";
import { type Place, renderPlace, type Section, SECTIONS } from "./place.ts";
import { ScheduleSection } from "./schedule-section.tsx";
import { useActivity } from "./use-activity.ts";
import { usePlace } from "./use-place.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const TITLES: Readonly<Record<Section, string>> = {
  data: "Data",
  functions: "Functions",
  schedule: "Schedule",
  logs: "Logs",
  live: "Live",
};

export function Shell({ adminKey, onLeave }: { adminKey: string; onLeave: () => void }) {
  const place = usePlace();
  const activity = useActivity(adminKey);
  const context = useMemo(() => ({ adminKey, activity, place }), [adminKey, activity, place]);
  useShortcuts();
  return (
    <InspectorContext value={context}>
      <header className="bar">
        <h1 className="brand">Inspector</h1>
        <nav className="sections" aria-label="Sections">
          {SECTIONS.map((section) => (
            <a
              key={section}
              href={renderPlace({ section })}
              aria-current={place.section === section ? "page" : undefined}
            >
              {TITLES[section]}
            </a>
          ))}
        </nav>
        <ConnectionState />
        <button type="button" className="quiet" onClick={onLeave}>
          Lock
        </button>
      </header>
      <main className="content" data-section={place.section}>
        <h2 className="unseen">{TITLES[place.section]}</h2>
        <CurrentSection place={place} />
      </main>
    </InspectorContext>
  );
}

function CurrentSection({ place }: { place: Place }) {
  switch (place.section) {
    case "data":
      return <DataSection place={place} />;
    case "functions":
      return <FunctionsSection />;
    case "schedule":
      return <ScheduleSection />;
    case "logs":
      return <LogsSection />;
    case "live":
      return <LiveSection />;
  }
}

function ConnectionState() {
  const { isWebSocketConnected, hasEverConnected } = useConvexConnectionState();
  const state = isWebSocketConnected ? "live" : hasEverConnected ? "offline" : "connecting";
  const words = { live: "Live", offline: "Offline, trying again", connecting: "Connecting" }[state];
  return (
    <p className="connection" data-state={state} role="status" title="Read-only: nothing can be changed here">
      {words}
      <span className="muted wide"> · read-only</span>
    </p>
  );
}
