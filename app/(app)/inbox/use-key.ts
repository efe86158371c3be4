"use client";

import { useEffect, useEffectEvent } from "react";

/**
 * Calls back when one of the characters is typed while nothing else wants it: no field has the focus, no dialog or menu is open, no
 * modifier is held. By the character, not by the place of the key, so that it holds on every keyboard.
 */
export function useKey(characters: string, onKey: (character: string) => void): void {
  const fire = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const character = event.key.toLowerCase();
    if (character.length !== 1 || !characters.includes(character) || isTaken(event.target)) return;
    event.preventDefault();
    onKey(character);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => fire(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector("[role='dialog'], [role='menu'], [role='listbox']") !== null) return true;
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable='true']") !== null;
}
