import type { Quoted } from "./drafts.ts";
import type { MessageRow } from "./message-row.ts";

const known: readonly MessageRow["status"][] = ["sent", "delivered", "read", "played"];

/** Whether a message can be quoted: the provider has to know it. */
export function isQuotable({ direction, status, deletedAt }: MessageRow): boolean {
  return deletedAt === null && (direction === "inbound" || known.includes(status));
}

export function quotedOf({ _id, text, direction }: MessageRow): Quoted {
  return { messageId: _id, text, author: direction === "inbound" ? "contact" : "us" };
}
