import { z } from "zod";
import type { Id } from "@/convex/_generated/dataModel";
import type { MessageRow } from "./message-row.ts";
import type { Send } from "./sends.ts";

const prefix = "sending ";
const messageId = z.custom<Id<"messages">>((value) => typeof value === "string");

type Writer = { memberId: Id<"members">; name: string };

/**
 * A page of the thread, newest first, with a message that the server has not confirmed yet on top. A page that has it already stays as it
 * is: Convex runs this again on every answer.
 */
export function withSend(page: readonly MessageRow[], send: Send, writer: Writer): MessageRow[] {
  if (page.some(({ clientId }) => clientId === send.clientId)) return [...page];
  return [rowOf(send, { writer, newest: page[0] }), ...page];
}

/** Whether the server has not answered yet: the row has no name that it would know. */
export function isUnconfirmed({ _id }: Pick<MessageRow, "_id">): boolean {
  return _id.startsWith(prefix);
}

/** The same for the row that shows at once and for the server's: one bubble, which is not drawn anew. */
export function keyOfMessage({ _id, clientId }: Pick<MessageRow, "_id" | "clientId">): string {
  return clientId ?? _id;
}

function rowOf(send: Send, { writer, newest }: { writer: Writer; newest: MessageRow | undefined }): MessageRow {
  return {
    _id: messageId.parse(`${prefix}${send.clientId}`),
    clientId: send.clientId,
    seq: (newest?.seq ?? 0) + 1,
    // Never above what is there (I4), however this machine's clock goes.
    sortAt: Math.max(newest?.sortAt ?? 0, send.sentAt),
    direction: "outbound",
    author: { kind: "member", ...writer },
    kind: "text",
    text: send.text,
    quoted: send.quoted,
    status: "queued",
    media: null,
    location: null,
    contacts: [],
    pollOptions: [],
    reactions: [],
    error: null,
    providerAt: null,
    editedAt: null,
    deletedAt: null,
    turnId: null,
  };
}
