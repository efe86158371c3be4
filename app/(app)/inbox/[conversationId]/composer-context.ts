"use client";

import { createContext, useContext } from "react";
import type { MessageRow } from "./message-row.ts";

type ComposerValue = {
  /** Whether this person may write here, now or when the connection is back. */
  mayWrite: boolean;
  /** Begins an answer to a message. */
  quote: (message: MessageRow) => void;
  /** Takes a message back that has not left yet, and brings its words back to be written on. */
  cancel: (message: MessageRow) => Promise<void>;
  /** Brings the words of a message that did not get through back to be written on. */
  edit: (message: MessageRow) => void;
  retry: (message: MessageRow) => Promise<void>;
};

export const ComposerContext = createContext<ComposerValue | null>(null);

/** Null outside a conversation. */
export function useComposerContext(): ComposerValue | null {
  return useContext(ComposerContext);
}
