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
