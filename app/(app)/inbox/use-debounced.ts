"use client";

import { useEffect, useState } from "react";

/** The value as it was when it last stood still for `pauseMs`. An empty one is taken at once: clearing is not typing. */
export function useDebounced(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return value === "" ? value : settled;
}
