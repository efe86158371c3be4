import { createContext, use } from "react";
import type { Place } from "./place.ts";
import type { ActivityState } from "./use-activity.ts";

export type Inspector = { adminKey: string; activity: ActivityState; place: Place };

export const InspectorContext = createContext<Inspector | null>(null);

/** What every part of the open inspector may use. */
export function useInspector(): Inspector {
  const inspector = use(InspectorContext);
  if (inspector === null) throw new Error("The inspector is not open");
  return inspector;
}
