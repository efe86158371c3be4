import { v } from "convex/values";
import { fail } from "../../lib/errors.ts";
import { internal } from "../_generated/api";
import { orgJob, orgJobQuery } from "../functions.ts";
import { connectorValidator, sealedValidator } from "../validators.ts";
import { listSecrets, requireConnection } from "./model.ts";

/** What an action needs to make an account for a connection. */
export const load = orgJobQuery({
  args: { connectionId: v.id("connections") },
  returns: v.object({ connector: connectorValidator, baseUrl: v.string(), isDraft: v.boolean() }),
  handler: async (ctx, { connectionId }) => {
    const { connector, config, status } = await requireConnection(ctx, connectionId);
    return { connector, baseUrl: config.baseUrl, isDraft: status.kind === "draft" };
  },
});

/**
 * Takes an account for a connection before the provider knows of it: its webhooks may come at once. `conflict` when the
 * connection has one already, or the account is live anywhere in Qify (I7).
 */
export const reserve = orgJob({
  args: {
    connectionId: v.id("connections"),
    account: v.string(),
    liveAccount: v.string(),
    webhook: sealedValidator,
  },
  returns: v.null(),
  handler: async (ctx, { connectionId, account, liveAccount, webhook }) => {
    const { orgId, connector, status } = await requireConnection(ctx, connectionId);
    if (status.kind !== "draft") fail("conflict", { what: "connection" });
    const isFree = await ctx.runQuery(internal.connections.liveAccounts.isFree, { connector, liveAccount });
    if (!isFree) fail("conflict", { what: "account" });
    await ctx.db.patch("connections", connectionId, {
      account,
      liveAccount,
      status: { kind: "connecting", since: Date.now() },
    });
    await ctx.db.insert("connectionSecrets", { orgId, connectionId, kind: "webhook", ...webhook });
    return null;
  },
});

/** The provider made the account: keeps its token. What its webhooks said meanwhile stays. */
export const attach = orgJob({
  args: { connectionId: v.id("connections"), token: sealedValidator },
  returns: v.null(),
  handler: async (ctx, { connectionId, token }) => {
    const { orgId } = await requireConnection(ctx, connectionId);
    await ctx.db.insert("connectionSecrets", { orgId, connectionId, kind: "token", ...token });
    return null;
  },
});

/** The provider made none: the connection is a draft again. */
export const release = orgJob({
  args: { connectionId: v.id("connections") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    await requireConnection(ctx, connectionId);
    for (const { _id } of await listSecrets(ctx, { connectionId, kind: "webhook" })) {
      await ctx.db.delete("connectionSecrets", _id);
    }
    await ctx.db.patch("connections", connectionId, {
      account: undefined,
      liveAccount: undefined,
      status: { kind: "draft", since: Date.now() },
    });
    return null;
  },
});
