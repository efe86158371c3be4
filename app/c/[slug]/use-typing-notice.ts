"use client";

import { useMutation } from "convex/react";
import { useCallback, useRef } from "react";
import { api } from "@/convex/_generated/api";

/** The team sees "writing" for fifteen seconds after each notice. */
const EVERY_MS = 5_000;

/** Tells the team that the visitor writes, not more often than it takes, and that they stopped. Nothing depends on it. */
export function useTypingNotice(isReady: boolean): (isTyping: boolean) => void {
  const note = useMutation(api.webchat.visitor.noteTyping);
  const told = useRef<number | null>(null);
  return useCallback(
    (isTyping: boolean) => {
      const now = Date.now();
      const isNews = isTyping ? told.current === null || now - told.current >= EVERY_MS : told.current !== null;
      if (!isReady || !isNews) return;
      told.current = isTyping ? now : null;
      note({ isTyping }).catch(() => undefined);
    },
    [isReady, note],
  );
}
