"use client";

import { createContext, useContext } from "react";
import type { MessageRow } from "./message-row.ts";

type MessageId = MessageRow["_id"];

type JumpRequest = { wanted: MessageId | null; want: (messageId: MessageId | null) => void };

/** The message that the thread is to show: asked for by what stands beside it, or by the thread itself. */
export const JumpRequestContext = createContext<JumpRequest>({ wanted: null, want: () => {} });

export function useJumpRequest(): JumpRequest {
  return useContext(JumpRequestContext);
}
