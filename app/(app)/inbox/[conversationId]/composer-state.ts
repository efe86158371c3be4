import type { Conversation } from "../rows.ts";
import { troubleOf } from "./connection-trouble.ts";

/** As the provider's longest message; the server refuses what is longer. */
export const maxLength = 4096;
/** The counter shows from here on. */
const countedFrom = maxLength - 300;

export type ComposerState =
  /** Nobody writes here, or not this person. */
  | { kind: "closed" }
  /** One could write if it were not for the connection. */
  | { kind: "blocked" }
  /** `hint`: what writing does, where that is not plain. */
  | { kind: "open"; hint: "pausesAgent" | "staysDone" | null };

type Writable = Pick<Conversation, "isGroup" | "handler" | "status" | "connection">;

export function composerStateOf({ isGroup, handler, status, connection }: Writable, mayReply: boolean): ComposerState {
  if (!mayReply || isGroup) return { kind: "closed" };
  // While it is connecting, messages wait.
  if (troubleOf(connection)?.tone === "danger") return { kind: "blocked" };
  if (status === "done") return { kind: "open", hint: "staysDone" };
  return { kind: "open", hint: handler === "agent" ? "pausesAgent" : null };
}

/** Characters that are left, negative when there are too many; null while there are plenty. */
export function charactersLeft(text: string): number | null {
  const { length } = text.trim();
  return length < countedFrom ? null : maxLength - length;
}

export function isSendable(text: string): boolean {
  const { length } = text.trim();
  return length > 0 && length <= maxLength;
}
