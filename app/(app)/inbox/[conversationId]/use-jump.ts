"use client";

import { useEffect, useEffectEvent } from "react";
import { useJumpRequest } from "./jump-request.ts";
import type { ThreadState } from "./use-thread.ts";

const litForMs = 1800;

type Jump = {
  thread: ThreadState;
  virtual: { scrollToIndex: (index: number, options: { align: "center" }) => void };
};

/** Leads to a message of the thread and keeps it lit for a moment; one that is not loaded yet is looked for page by page. */
export function useJump({ thread: { items, status, loadOlder }, virtual }: Jump) {
  const { wanted, want } = useJumpRequest();
  const index = wanted === null ? -1 : items.findIndex(({ message }) => message._id === wanted);
  const isFound = index !== -1;
  const isMissing = wanted !== null && !isFound;
  const show = useEffectEvent(() => virtual.scrollToIndex(index, { align: "center" }));
  const askForOlder = useEffectEvent(() => loadOlder());
  useEffect(() => {
    if (isMissing && status === "CanLoadMore") askForOlder();
  }, [isMissing, status]);
  useEffect(() => {
    if (!isFound) return;
    show();
    const timer = setTimeout(() => want(null), litForMs);
    return () => clearTimeout(timer);
  }, [isFound, wanted, want]);
  return { jumpTo: want, lit: isFound ? wanted : null };
}
