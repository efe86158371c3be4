"use client";

import { useMutation } from "convex/react";
import { useEffect, useSyncExternalStore } from "react";
import { api } from "@/convex/_generated/api";
import type { Row } from "./chat-items.ts";

/** Tells the team that their newest message is on the page, and when the page is before the visitor's eyes that it is read. */
export function useSeen(rows: readonly Row[]): void {
  const note = useMutation(api.webchat.visitor.noteSeen);
  const isVisible = useSyncExternalStore(subscribe, isShowing, () => false);
  const newest = rows.findLast(({ from }) => from !== "visitor")?.seq;
  useEffect(() => {
    if (newest === undefined) return;
    note({ throughSeq: newest, status: isVisible ? "read" : "delivered" }).catch(() => undefined);
  }, [newest, isVisible, note]);
}

function subscribe(onChange: () => void): () => void {
  document.addEventListener("visibilitychange", onChange);
  return () => document.removeEventListener("visibilitychange", onChange);
}

function isShowing(): boolean {
  return document.visibilityState === "visible";
}
