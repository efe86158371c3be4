"use client";

import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useNow } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";
import { ConversationItem } from "./conversation-item.tsx";
import type { ConversationRow } from "./rows.ts";
import { useRovingFocus } from "./use-roving-focus.ts";

const rowHeight = 64;
const minuteMs = 60_000;
/** More is asked for this many lines before the end. */
const lookAhead = 12;

type ConversationListProps = {
  label: string;
  rows: readonly ConversationRow[];
  openId: string | null;
  isComplete: boolean;
  onNearEnd?: () => void;
};

export function ConversationList({ label, rows, openId, isComplete, onNearEnd }: ConversationListProps) {
  const pane = useRef<HTMLDivElement>(null);
  const now = useNow({ updateInterval: minuteMs }).getTime();
  const focus = useRovingFocus({ ids: rows.map((row) => row._id), openId, reveal: (index) => scrollTo(index) });
  // oxlint-disable-next-line react/incompatible-library -- its functions are called while rendering, never kept
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => pane.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?._id ?? index,
    overscan: 6,
    // The line that Tab leads to is always there.
    rangeExtractor: (range: Range) => withIndex(defaultRangeExtractor(range), focus.index),
  });
  const scrollTo = (index: number) => virtual.scrollToIndex(index, { align: "auto" });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const askForMore = useEffectEvent(() => onNearEnd?.());
  const isNearEnd = !isComplete && last >= rows.length - lookAhead;
  useEffect(() => {
    if (isNearEnd) askForMore();
  }, [isNearEnd, rows.length]);
  return (
    <div ref={pane} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <ul aria-label={label} ref={focus.list} className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <ConversationItem
              key={item.key}
              row={row}
              now={now}
              position={{ top: item.start, index: item.index, total: isComplete ? rows.length : -1 }}
              isOpen={row._id === openId}
              isTabStop={item.index === focus.index}
              onFocus={() => focus.moveTo(row._id)}
              onKeyDown={focus.onKeyDown}
            />
          );
        })}
      </ul>
    </div>
  );
}

function withIndex(indexes: number[], index: number): number[] {
  return index < 0 || indexes.includes(index) ? indexes : [...indexes, index].toSorted((a, b) => a - b);
}
