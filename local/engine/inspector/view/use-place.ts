import { useMemo, useSyncExternalStore } from "react";
import { parsePlace, type Place } from "./place.ts";

/** Follows the address. */
export function usePlace(): Place {
  const fragment = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parsePlace(fragment), [fragment]);
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}
