"use client";

import { useEffect, useEffectEvent, useLayoutEffect, type RefObject } from "react";
import { isUnconfirmed, keyOfMessage } from "./optimistic.ts";
import type { ThreadItem } from "./thread-items.ts";

type HoldEnd = {
  pane: RefObject<HTMLElement | null>;
  items: readonly ThreadItem[];
  /** px from the end within which one reads the end. */
  threshold: number;
  toEnd: () => void;
};

/** Who reads the end goes on doing so when the field below grows, and whoever sends something sees it, wherever they were. */
export function useHoldEnd({ pane, items, threshold, toEnd }: HoldEnd): void {
  const show = useEffectEvent(toEnd);
  const newest = items.at(-1)?.message;
  const sending = newest !== undefined && isUnconfirmed(newest) ? keyOfMessage(newest) : null;
  useLayoutEffect(() => {
    if (sending !== null) show();
  }, [sending]);
  useEffect(() => {
    const element = pane.current;
    if (element === null) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const lost = height - element.clientHeight;
      height = element.clientHeight;
      const fromEnd = element.scrollHeight - element.scrollTop - height;
      if (lost > 0 && fromEnd - lost <= threshold) show();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [pane, threshold]);
}
