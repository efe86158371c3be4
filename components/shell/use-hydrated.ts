"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and in the first picture of a page, which has to be the server's; true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
