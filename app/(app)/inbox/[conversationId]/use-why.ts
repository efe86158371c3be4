"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useCallback } from "react";

const turn = parseAsString.withOptions({ history: "push" });

/** Which reply is being explained: it stands in the address, so that it can be shared and Back closes it. */
export function useWhy() {
  const [turnId, set] = useQueryState("why", turn);
  const show = useCallback((shown: string) => void set(shown), [set]);
  const hide = useCallback(() => void set(null, { history: "replace" }), [set]);
  return { turnId, show, hide };
}
