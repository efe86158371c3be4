import type { ConversationRow } from "./rows.ts";

export const filters = ["mine", "waiting", "ai", "all", "done"] as const;

export type Filter = (typeof filters)[number];

/** The server has the last word; this lets a line leave a view in the moment in which one says "done". */
export function belongsTo(filter: Filter, row: ConversationRow, viewerId: string): boolean {
  if (filter === "all") return true;
  if (filter === "done" || row.status === "done") return filter === row.status;
  if (filter === "mine") return row.assignee?.memberId === viewerId;
  return filter === "waiting" ? row.status === "waiting" : row.handler === "agent";
}

/** The server stops counting here. */
const countedUpTo = 100;

/** Null when there is nothing to count, or when it is not known yet. */
export function countLabel(count: number | undefined): string | null {
  if (count === undefined || count === 0) return null;
  return count >= countedUpTo ? `${countedUpTo - 1}+` : String(count);
}
