import { fail } from "../../lib/errors.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

/** A message by the provider's id; null when we do not have it (yet). */
export async function loadMessage(
  ctx: Pick<QueryCtx, "db">,
  { connectionId, externalId }: { connectionId: Id<"connections">; externalId: string },
): Promise<Doc<"messages"> | null> {
  return ctx.db
    .query("messages")
    .withIndex("by_connection_and_externalId", (q) => q.eq("connectionId", connectionId).eq("externalId", externalId))
    .unique();
}

/**
 * The conversation that an id names, as people may have typed it: what is no id, another table's or another tenant's is
 * `not_found`.
 */
export async function requireConversation(ctx: Pick<QueryCtx, "db">, text: string): Promise<Doc<"conversations">> {
  const conversationId = ctx.db.normalizeId("conversations", text);
  const conversation = conversationId === null ? null : await ctx.db.get("conversations", conversationId);
  return conversation ?? fail("not_found", { what: "conversation" });
}
