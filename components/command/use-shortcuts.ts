"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { isSingleCharacter, matchStroke, strokeOf, type Progress } from "./keys.ts";
import { commandRegistry } from "./registry.ts";

/** Runs commands by their keys: not while a dialog or menu is open; single characters neither while one types, nor when switched off. */
export function useShortcuts({ singleCharacters }: { singleCharacters: boolean }): void {
  const progress = useRef<Progress | null>(null);
  const press = useEffectEvent((event: KeyboardEvent) => {
    const stroke = strokeOf(event);
    if (stroke === null || event.defaultPrevented || isOverlaid()) return;
    const takesSingles = singleCharacters && !isTyping(event.target);
    const commands = commandRegistry
      .list()
      .filter(({ keys }) => keys !== null && (takesSingles || !isSingleCharacter(keys)));
    const match = matchStroke({ commands, progress: progress.current, stroke, now: event.timeStamp });
    progress.current = match.kind === "begun" ? match.progress : null;
    if (match.kind === "none") return;
    event.preventDefault();
    // A key that is held walks a list, and does nothing else twice.
    if (match.kind === "command" && (!event.repeat || match.command.repeats === true)) match.command.run();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

function isOverlaid(): boolean {
  return document.querySelector("[role='dialog'], [role='menu'], [role='listbox']") !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable='true']") !== null;
}
