/** The organization's own chat page, on and off. It has one connection for ever, so that coming back finds its threads. */
import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { orgMutation, orgQuery } from "../functions.ts";
import { recordMemberAudit } from "../ops/model.ts";

/** What the connection is called; people may rename it. */
const NAMES = { "pt-BR": "Chat do site", en: "Web chat", es: "Chat del sitio" } as const;
const MAX_CONNECTIONS = 500; // of an organization, those that ended included

/** `connectionId` is there once the chat was on; `slug` is the end of the page's address, `/c/<slug>`. */
export const get = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.object({
    enabled: v.boolean(),
    slug: v.string(),
    connectionId: v.union(v.id("connections"), v.null()),
  }),
  handler: async (ctx) => {
    const connection = await loadChat(ctx, ctx.org._id);
    return { enabled: isOn(connection), slug: ctx.org.slug, connectionId: connection?._id ?? null };
  },
});

/** Opens the page; once more changes nothing. */
export const enable = orgMutation({
  needs: "connections:manage",
  args: {},
  returns: v.id("connections"),
  handler: async (ctx) => {
    const { _id: orgId, slug, locale } = ctx.org;
    const found = await loadChat(ctx, orgId);
    if (found !== null && isOn(found)) return found._id;
    const status = { kind: "connected" as const, since: Date.now() };
    const live = { account: slug, liveAccount: orgId, status };
    const connector = { connector: "webchat" as const, channel: "webchat" as const, config: {} };
    const connectionId =
      found?._id ?? (await ctx.db.insert("connections", { orgId, name: NAMES[locale], ...connector, ...live }));
    if (found !== null) await ctx.db.patch("connections", connectionId, live);
    await recordMemberAudit(ctx, { action: "webchat.enabled", target: connectionId });
    return connectionId;
  },
});

/** Closes the page for everybody at once. Conversations stay, and nothing more leaves in them until it is on again. */
export const disable = orgMutation({
  needs: "connections:manage",
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const found = await loadChat(ctx, ctx.org._id);
    if (found === null || !isOn(found)) return null;
    const status = { kind: "removed" as const, since: Date.now() };
    await ctx.db.patch("connections", found._id, { status, liveAccount: undefined });
    await recordMemberAudit(ctx, { action: "webchat.disabled", target: found._id });
    return null;
  },
});

async function loadChat(ctx: Pick<QueryCtx, "db">, orgId: Id<"organizations">): Promise<Doc<"connections"> | null> {
  const rows = await ctx.db
    .query("connections")
    .withIndex("by_org_and_status", (q) => q.eq("orgId", orgId))
    .take(MAX_CONNECTIONS);
  return rows.find(({ connector }) => connector === "webchat") ?? null;
}

function isOn(connection: Doc<"connections"> | null): boolean {
  return connection !== null && connection.status.kind !== "removed";
}
