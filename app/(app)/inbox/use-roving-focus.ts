"use client";

import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { useListOrder } from "./list-order.ts";
import { focusIndex, nextIndex } from "./roving.ts";
import { useListCommands } from "./use-list-commands.ts";

type RovingFocusOptions = { ids: readonly string[]; openId: string | null; reveal: (index: number) => void };

/**
 * One line of the list is a stop of the Tab key; arrows and J/K lead from there to the others. The focus follows the conversation, not
 * its place: a new message may move it. Lines that are not drawn yet are revealed first and take the focus once they are.
 */
export function useRovingFocus({ ids, openId, reveal }: RovingFocusOptions) {
  const list = useRef<HTMLUListElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const awaited = useRef<string | null>(null);
  const index = focusIndex({ ids, currentId, openId });
  useLayoutEffect(() => {
    if (awaited.current === null) return;
    const link = list.current?.querySelector<HTMLElement>(`[data-conversation="${awaited.current}"]`);
    if (!link) return;
    awaited.current = null;
    link.focus({ preventScroll: true });
  });
  const focus = (next: number | null): boolean => {
    const id = next === null ? undefined : ids[next];
    if (next === null || id === undefined) return false;
    awaited.current = id;
    setCurrentId(id);
    reveal(next);
    return true;
  };
  const go = (key: string) => focus(nextIndex({ key, index, count: ids.length }));
  useListCommands(go);
  const order = useListOrder();
  useLayoutEffect(() => {
    order.show({ ids, focus: (id) => void focus(ids.indexOf(id)) });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (go(event.key)) event.preventDefault();
  };
  return { index, list, onKeyDown, moveTo: setCurrentId };
}
