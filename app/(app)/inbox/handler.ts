import type { ConversationRow } from "./rows.ts";

export type Handler =
  | { kind: "done" | "snoozed" | "group" | "waiting" | "ai" | "you" | "team" | "nobody" }
  | { kind: "member"; name: string };

type HandledRow = Pick<ConversationRow, "status" | "handler" | "isGroup" | "assignee">;

/** Who answers next, in the one word that a line has room for. */
export function handlerOf(row: HandledRow, viewerId: string): Handler {
  if (row.status === "done" || row.status === "snoozed") return { kind: row.status };
  if (row.isGroup) return { kind: "group" };
  if (row.status === "waiting") return { kind: "waiting" };
  if (row.handler === "agent") return { kind: "ai" };
  if (row.assignee === null) return { kind: row.handler === "member" ? "team" : "nobody" };
  return row.assignee.memberId === viewerId ? { kind: "you" } : { kind: "member", name: firstName(row.assignee.name) };
}

export function firstName(name: string): string {
  return name.trim().split(/\s+/, 1).join("");
}
