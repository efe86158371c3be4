import type { Conversation } from "../rows.ts";

/** Causes that have words of their own; all others are told by the state alone. */
const causes = ["logged_out", "banned", "pairing_expired", "removed"] as const;

export type Trouble = {
  cause: (typeof causes)[number] | "connecting" | "action_needed" | "disconnected";
  tone: "warn" | "danger";
};

/** What is wrong with the connection of a conversation; null when it works. */
export function troubleOf({ state, reason }: Pick<Conversation["connection"], "state" | "reason">): Trouble | null {
  if (state === "connected") return null;
  if (state === "connecting" || state === "pairing") return { cause: "connecting", tone: "warn" };
  const known = causes.find((cause) => cause === reason);
  if (state === "removed") return { cause: "removed", tone: "danger" };
  return { cause: known ?? (state === "draft" ? "action_needed" : state), tone: "danger" };
}
