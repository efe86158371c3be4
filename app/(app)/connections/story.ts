import type { Condition } from "./rows.ts";

/** Causes that say more than the state. */
const causes = ["logged_out", "banned", "pairing_expired", "removed"] as const;

export type Story = {
  /** Names the words for cause and fix. */
  key: Exclude<Condition["state"], "removed"> | (typeof causes)[number];
  /** The way out: go on with the setup, pair the same account again, or make the account again. */
  next: "nothing" | "continue" | "pair" | "remake";
};

/** What is going on with a connection, why, and what gets it out of there. */
export function storyOf({ state, reason }: Condition): Story {
  switch (state) {
    case "connected":
    case "connecting":
      return { key: state, next: "nothing" };
    case "draft":
    case "pairing":
      return { key: state, next: "continue" };
    case "removed":
      return { key: "removed", next: "remake" };
    case "disconnected":
    case "action_needed": {
      const key = causes.find((cause) => cause === reason) ?? state;
      return { key, next: key === "removed" ? "remake" : "pair" };
    }
  }
}

/** Nothing comes in or goes out, and it does not get better by itself. */
export function isLost({ state }: Condition): boolean {
  return state === "disconnected" || state === "action_needed";
}
