import type { PlaybookContent } from "../../lib/domain/playbook.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

/** The version that the agent speaks from; null before the first run. */
export async function loadPublishedPlaybook(
  ctx: Pick<QueryCtx, "db">,
  orgId: Id<"organizations">,
): Promise<Doc<"playbooks"> | null> {
  return ctx.db
    .query("playbooks")
    .withIndex("by_org_and_state", (q) => q.eq("orgId", orgId).eq("state", "published"))
    .unique();
}

/** Makes `content` the next version and archives the one before; one of an organization's is published at any time. */
export async function publishPlaybook(
  ctx: Pick<MutationCtx, "db">,
  { orgId, authorId, content }: { orgId: Id<"organizations">; authorId: Id<"members">; content: PlaybookContent },
): Promise<number> {
  const current = await loadPublishedPlaybook(ctx, orgId);
  if (current !== null) await ctx.db.patch("playbooks", current._id, { state: "archived" });
  const version = (current?.version ?? 0) + 1;
  await ctx.db.insert("playbooks", { orgId, version, state: "published", content, authorId });
  return version;
}
