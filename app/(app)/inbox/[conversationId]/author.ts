import { firstName } from "../handler.ts";
import type { MessageRow } from "./message-row.ts";

/** Whose name stands above a group of messages; null where nobody can doubt it: the one contact of a conversation. */
export type ShownAuthor = { kind: "ai" | "you" | "team" | "automation" | "unknown" } | { kind: "named"; name: string };

type Author = Pick<MessageRow["author"], "kind" | "name"> & { memberId: string | null };

type Whose = { author: Author; viewerId: string; isGroup: boolean };

export function shownAuthorOf({ author, viewerId, isGroup }: Whose): ShownAuthor | null {
  if (author.kind === "contact") {
    if (!isGroup) return null;
    return !author.name ? { kind: "unknown" } : { kind: "named", name: author.name };
  }
  if (author.kind === "agent") return { kind: "ai" };
  if (author.kind === "automation") return { kind: "automation" };
  if (author.memberId === viewerId) return { kind: "you" };
  return !author.name ? { kind: "team" } : { kind: "named", name: firstName(author.name) };
}
