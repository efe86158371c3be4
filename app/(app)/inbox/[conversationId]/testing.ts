/** Builders for the suites of the thread. */
import { z } from "zod";
import type { Id } from "@/convex/_generated/dataModel";
import type { MessageRow } from "./message-row.ts";

const messageId = z.custom<Id<"messages">>();

export function makeMessage(fields: Partial<MessageRow> = {}): MessageRow {
  return {
    _id: messageId.parse(`message ${fields.seq ?? 1}`),
    seq: 1,
    sortAt: 0,
    direction: "inbound",
    author: { kind: "contact", memberId: null, name: null },
    kind: "text",
    text: "Oi",
    media: null,
    location: null,
    contacts: [],
    pollOptions: [],
    quoted: null,
    reactions: [],
    status: null,
    error: null,
    providerAt: null,
    editedAt: null,
    deletedAt: null,
    turnId: null,
    clientId: null,
    ...fields,
  };
}
