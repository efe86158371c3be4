import { useEffect } from "react";
import { renderPlace, SECTIONS } from "./place.ts";

/** `/` goes to the filter, 1 to 5 to the sections, arrows from row to row. Keys that are typed into a field are left alone. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function onKey(event: KeyboardEvent): void {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const section = SECTIONS[Number(event.key) - 1];
  if (event.key === "/") focus(document.querySelector("[data-filter]"), event);
  else if (section !== undefined) window.location.hash = renderPlace({ section });
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") moveRow(event);
}

function moveRow(event: KeyboardEvent): void {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.indexOf(document.activeElement ?? document.body);
  if (at !== -1) focus(rows[at + (event.key === "ArrowDown" ? 1 : -1)] ?? null, event);
}

function focus(element: Element | null, event: KeyboardEvent): void {
  if (!(element instanceof HTMLElement)) return;
  event.preventDefault();
  element.focus();
}
