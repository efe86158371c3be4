import { useEffect, useState } from "react";
import type { LogEntry } from "./answers.ts";
import { fetchLogs } from "./engine.ts";

const KEPT = 500;
const RETRY_MS = 2_000;

export type Logs = { entries: readonly LogEntry[]; state: "loading" | "ready" | "failed" };

/** The newest executions, newest first, as they end. */
export function useLogs(key: string): Logs {
  const [logs, setLogs] = useState<Logs>({ entries: [], state: "loading" });
  useEffect(() => {
    const over = new AbortController();
    const follow = async () => {
      for (let cursor = 0; ;) {
        const page = await fetchLogs(key, cursor, over.signal).catch(() => null);
        if (over.signal.aborted) return;
        if (page === null) {
          setLogs((known) => ({ ...known, state: "failed" }));
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
          continue;
        }
        const newest = page.entries.toReversed();
        setLogs((known) => ({ entries: [...newest, ...known.entries].slice(0, KEPT), state: "ready" }));
        // A cursor of 0 asks for what is known; any other waits for more.
        cursor = Math.max(page.newCursor, 1);
      }
    };
    void follow();
    return () => over.abort();
  }, [key]);
  return logs;
}
