"use client";

import { useSyncExternalStore } from "react";

const query = "(min-width: 48rem)";

/** Wide enough for more than one pane. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (notify) => {
      const media = matchMedia(query);
      media.addEventListener("change", notify);
      return () => media.removeEventListener("change", notify);
    },
    () => matchMedia(query).matches,
    () => true,
  );
}
