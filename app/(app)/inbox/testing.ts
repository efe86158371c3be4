/** Builders for the suites of the inbox. */
import { z } from "zod";
import type { Id } from "@/convex/_generated/dataModel";
import type { ConversationRow } from "./rows.ts";

const conversationId = z.custom<Id<"conversations">>();
const memberId = z.custom<Id<"members">>();

export const anaId = memberId.parse("ana");

export function makeRow(fields: Partial<ConversationRow> = {}): ConversationRow {
  return {
    _id: conversationId.parse("conversation"),
    title: "Marina Albuquerque",
    channel: "whatsapp",
    status: "open",
    handler: "agent",
    isGroup: false,
    assignee: null,
    lastMessage: null,
    lastActivityAt: 0,
    inboundSeq: 1,
    unread: false,
    ...fields,
  };
}
