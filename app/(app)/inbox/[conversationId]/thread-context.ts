"use client";

import { createContext, useContext } from "react";
import type { MessageRow } from "./message-row.ts";

type ThreadValue = {
  /** Shows a message, loading as far back as it takes, and lights it up for a moment. */
  jumpTo: (messageId: MessageRow["_id"]) => void;
  isGroup: boolean;
};

export const ThreadContext = createContext<ThreadValue>({ jumpTo: () => {}, isGroup: false });

export function useThreadContext(): ThreadValue {
  return useContext(ThreadContext);
}
