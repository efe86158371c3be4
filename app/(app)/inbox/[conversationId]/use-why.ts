"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useCallback } from "react";
import { WhyVisit } from "./why-visit.ts";

const turn = parseAsString.withOptions({ history: "push" });

/** One for the page, as there is one history. */
const visit = new WhyVisit();

/**
 * Which reply is being explained: it stands in the address, so that it can be shared and Back closes it. Closing goes back where opening
 * went forward, so that the next Back leads on; between two explanations nothing is added to the history.
 */
export function useWhy() {
  const [turnId, set] = useQueryState("why", turn);
  const show = useCallback(
    (next: string) => void set(next, { history: visit.show({ from: turnId, to: next, path: location.pathname }) }),
    [turnId, set],
  );
  const hide = useCallback(() => {
    if (turnId !== null && visit.leave({ turnId, path: location.pathname })) history.back();
    else void set(null, { history: "replace" });
  }, [turnId, set]);
  return { turnId, show, hide };
}
