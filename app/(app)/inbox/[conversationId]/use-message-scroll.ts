"use client";

import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type SyntheticEvent } from "react";
import { guessHeight } from "./guess-height.ts";
import { keyOfMessage } from "./optimistic.ts";
import type { ThreadItem } from "./thread-items.ts";
import { useHoldEnd } from "./use-hold-end.ts";
import type { ThreadState } from "./use-thread.ts";

/** Older messages are asked for this many before the first one that is drawn. */
const lookAhead = 20;
/** Measuring what is drawn first takes a few frames. */
const settleMs = 400;
/** So near the end, one reads the end. */
export const endThreshold = 48;

/** The window on a thread. It opens at its end, or at the first unread message when that is further up. */
export function useMessageScroll({ items, status, loadOlder }: ThreadState) {
  const pane = useRef<HTMLDivElement>(null);
  const [playingId, setPlayingId] = useState<string | null>(null);
  const playingIndex = playingId === null ? -1 : items.findIndex(({ message }) => message._id === playingId);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called while rendering, never kept
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: items.length,
    getScrollElement: () => pane.current,
    estimateSize: (index) => guessHeight(items[index]),
    getItemKey: (index) => keyOf(items[index]),
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: endThreshold,
    overscan: 8,
    paddingStart: 16,
    paddingEnd: 32,
    // What is heard goes on while one reads elsewhere.
    rangeExtractor: (range: Range) =>
      [...new Set([playingIndex, ...defaultRangeExtractor(range)])].filter((i) => i >= 0),
  });
  const open = useEffectEvent(() => {
    const unread = items.findIndex(({ startsUnread }) => startsUnread);
    if (unread > 0) virtual.scrollToIndex(unread, { align: "center" });
    else virtual.scrollToEnd();
  });
  useLayoutEffect(() => open(), []);
  useHoldEnd({ pane, items, threshold: endThreshold, toEnd: () => virtual.scrollToEnd() });
  // History that came in while the opening scroll is still finding its place would carry it away.
  const [isSettled, setIsSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSettled(true), settleMs);
    return () => clearTimeout(timer);
  }, []);
  const first = virtual.getVirtualItems().at(0)?.index ?? 0;
  const isNearStart = isSettled && status === "CanLoadMore" && first < lookAhead;
  const askForOlder = useEffectEvent(() => loadOlder());
  useEffect(() => {
    if (isNearStart) askForOlder();
  }, [isNearStart, items.length]);
  const onPlayCapture = (event: SyntheticEvent<HTMLElement>) => {
    silenceOthers(event);
    const { target } = event;
    const message = target instanceof HTMLElement ? target.closest<HTMLElement>("[data-message]") : null;
    setPlayingId(message?.dataset["message"] ?? null);
  };
  return { pane, virtual, onPlayCapture };
}

/** One voice at a time. */
function silenceOthers({ currentTarget, target }: SyntheticEvent<HTMLElement>): void {
  for (const other of currentTarget.querySelectorAll<HTMLMediaElement>("audio, video")) {
    if (other !== target) other.pause();
  }
}

/** What stands above a message may change when older ones come: it is measured anew under another key, since sizes are kept by key. */
function keyOf(item: ThreadItem | undefined): string {
  if (item === undefined) return "";
  const key = keyOfMessage(item.message);
  return item.startsDay ? `${key} day` : key;
}
